"""The command line: parse, call the use case, show the result. No logic lives here.

Each command is a module of this package with ``configure(parser)`` and ``run(arguments) -> exit code``; only the module
of the chosen command is imported, so that starting is fast.

Exit codes: 0 clean, 1 findings at or above ``--fail-on``, 2 could not work.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import xlsuite
from xlsuite.core.errors import XlsuiteError

COMMANDS: dict[str, str] = {
    "check": "检查自评表：逐条核对填报内容，指出哪里错、错多少、怎么改",
    "recalc": "重新计分：改正执行率、得分、总分和等次，其余内容一个字节也不动",
    "report": "生成绩效自评报告（Word）",
    "audit": "审核自评报告：正文与自身、与自评表是否一致",
    "rollup": "汇总多张自评表",
    "show": "显示程序读到的自评表内容",
    "new": "新建一张空白自评表",
    "rules": "查看校验规则及其依据",
    "profiles": "查看各地口径及每个数字的出处",
    "template": "检查 Word 模板、列出可用字段",
    "addin": "安装或卸载表格软件里的按钮",
    "doctor": "检查本机环境，逐项说明怎么处理",
    "demo": "用示例走一遍：检查、重新计分、生成报告",
    "schema": "输出 JSON 格式的结构定义（JSON Schema）",
    "completion": "输出命令行自动补全脚本",
}

EXIT_CLEAN, EXIT_FINDINGS, EXIT_FAILED, EXIT_INTERRUPTED = 0, 1, 2, 130


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and exits with 2."""

    def __init__(self, **options: object) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(add_help=False, **options)  # type: ignore[arg-type]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def format_help(self) -> str:
        """The help text with Chinese headings."""
        text = super().format_help().replace("usage: ", "用法：")
        return text.replace("\n参数:\n", "\n参数：\n").replace("\n选项:\n", "\n选项：\n")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and leave with 2."""
        fail(f"{_chinese(message)}\n输入 {self.prog} --help 查看用法。")
        raise SystemExit(EXIT_FAILED)


_WORDS = (
    ("the following arguments are required:", "还缺少参数："),
    ("unrecognized arguments:", "不认识的参数："),
    ("expected one argument", "后面要跟一个值"),
    ("expected at least one argument", "后面至少要跟一个值"),
    ("invalid choice:", "不是可选的值："),
    ("choose from", "可选"),
    ("invalid int value:", "应为整数："),
    ("not allowed with argument", "不能同时使用"),
    ("ambiguous option:", "选项不明确："),
    ("could match", "可能是"),
    ("argument ", "参数 "),
)


def _chinese(message: str) -> str:
    for english, chinese in _WORDS:
        message = message.replace(english, chinese)
    return message


def fail(message: str) -> None:
    """Say on stderr why the command could not work."""
    print(f"xlsuite：{message}", file=sys.stderr)


def overview() -> str:
    """The help text of ``xlsuite`` itself."""
    width = max(map(len, COMMANDS))
    lines = [f"xlsuite {xlsuite.__version__}：项目支出绩效自评工具", "", "用法：xlsuite 命令 [参数…]", "", "命令："]
    lines += [f"  {name:<{width}}  {text}" for name, text in COMMANDS.items()]
    lines += [
        "",
        "例：xlsuite check 自评表.xlsx          检查一张表",
        "    xlsuite check 报送文件夹            检查整个文件夹",
        "    xlsuite 命令 --help                 查看某个命令的用法",
        "",
        "退出码：0 没有问题，1 发现问题（默认指“错误”，可用 --fail-on 调整），2 无法执行。",
    ]
    return "\n".join(lines)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A hint with the nearest known words, or an empty string."""
    import difflib

    near = difflib.get_close_matches(word, known, n=3, cutoff=0.5)
    return f"您是不是要找：{'、'.join(near)}？" if near else ""


def _utf8_streams() -> None:
    """Redirected output is UTF-8 everywhere; a console that lacks a character shows a substitute, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="replace")


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point of the ``xlsuite`` command; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _utf8_streams()
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(overview())
        return EXIT_CLEAN if arguments else EXIT_FAILED
    if arguments[0] in ("-V", "--version"):
        print(f"xlsuite {xlsuite.__version__}")
        return EXIT_CLEAN
    name = arguments[0]
    if name not in COMMANDS:
        fail(f"没有“{name}”这个命令。{did_you_mean(name, tuple(COMMANDS))}\n输入 xlsuite --help 查看全部命令。")
        return EXIT_FAILED
    return _run(name, arguments[1:])


def load_command(name: str) -> Any:
    """The module of a command."""
    return importlib.import_module(f"xlsuite.cli.{name}")


def _run(name: str, arguments: list[str]) -> int:
    module = load_command(name)
    parser = Parser(prog=f"xlsuite {name}", description=COMMANDS[name], epilog=module.EXAMPLE)
    module.configure(parser)
    try:
        return int(module.run(parser.parse_args(arguments)))
    except XlsuiteError as error:
        fail(str(error))
        return EXIT_FAILED
    except KeyboardInterrupt:
        fail("已按要求中断。")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return EXIT_CLEAN
    except MemoryError:
        fail("内存不足，没有完成；请关闭其他程序，或减少一次处理的文件。")
        return EXIT_FAILED
    except OSError as error:
        fail(f"读写文件时出错：{error.strerror or error}（{error.filename or ''}），请检查磁盘空间、权限和路径。")
        return EXIT_FAILED
    except Exception as error:
        if os.environ.get("XLSUITE_DEBUG"):
            raise
        fail(f"程序出错（{type(error).__name__}：{error}），没有完成；请把命令和文件发给维护人员。")
        return EXIT_FAILED
