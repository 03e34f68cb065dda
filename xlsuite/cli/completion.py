"""``xlsuite completion``: a script that completes commands and options in a shell."""

from __future__ import annotations

import argparse

from xlsuite.cli import COMMANDS, EXIT_CLEAN, Parser, load_command

EXAMPLE = '例：eval "$(xlsuite completion bash)"'


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("shell", choices=("bash", "zsh", "powershell"), help="哪种命令行")


def options_of(name: str) -> list[str]:
    """Long options of a command, as its parser declares them."""
    parser = Parser(prog=name)
    load_command(name).configure(parser)
    return sorted(o for action in parser._actions for o in action.option_strings if o.startswith("--"))


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    print({"bash": _bash, "zsh": _zsh, "powershell": _powershell}[arguments.shell]())
    return EXIT_CLEAN


def _cases() -> str:
    return "\n".join(f'    {name}) words="{" ".join(options_of(name))}" ;;' for name in COMMANDS)


def _bash() -> str:
    return f"""_xlsuite() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{" ".join(COMMANDS)}" -- "$current"))
    return
  fi
  case "${{COMP_WORDS[1]}}" in
{_cases()}
  esac
  if [[ "$current" == -* ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    compopt -o default
    COMPREPLY=()
  fi
}}
complete -F _xlsuite xlsuite"""


def _zsh() -> str:
    return "autoload -U +X bashcompinit && bashcompinit\n" + _bash()


def _powershell() -> str:
    table = "\n".join(f"  '{name}' = @({', '.join(repr(option) for option in options_of(name))})" for name in COMMANDS)
    return f"""$xlsuiteOptions = @{{
{table}
}}
Register-ArgumentCompleter -Native -CommandName xlsuite -ScriptBlock {{
  param($word, $line, $cursor)
  $parts = $line.CommandElements
  if ($parts.Count -le 2 -and -not $word.StartsWith('-')) {{ $words = $xlsuiteOptions.Keys | Sort-Object }}
  else {{ $words = $xlsuiteOptions["$($parts[1])"] }}
  $words | Where-Object {{ $_ -like "$word*" }} |
    ForEach-Object {{ [System.Management.Automation.CompletionResult]::new($_) }}
}}"""
