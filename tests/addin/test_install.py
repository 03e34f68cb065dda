"""Installing: what is written where, with an injected registry; the part for LibreOffice is clicked in test_clicks."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from xlsuite.addin import install, places, windows
from xlsuite.addin.install import Machine
from xlsuite.app.addin import build_addins
from xlsuite.app.doctor import BAD, GOOD, examine_machine

EXCEL = r"Software\Microsoft\Office\16.0\Excel"
CLASS = "{00024500-0000-0000-C000-000000000046}"


class FakeRegistry:
    """Keys with values, as the current user sees them; ``machine`` holds the other half."""

    def __init__(self, **keys: dict[str, object]) -> None:
        self.user: dict[str, dict[str, object]] = {EXCEL: {}}
        self.machine: dict[str, dict[str, object]] = {}

    def read(self, key, name, *, machine=False):
        return (self.machine if machine else self.user).get(key, {}).get(name)

    def has(self, key):
        return key in self.user

    def write(self, key, values):
        self.user.setdefault(key, {}).update(values)

    def remove(self, key):
        self.user.pop(key, None)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    build_addins(folder)
    return folder


@pytest.fixture
def machine(tmp_path):
    trusted, roaming = tmp_path / "张 三" / "绩效自评", tmp_path / "Roaming"
    return Machine(
        tmp_path / "张 三" / ".xlsuite", trusted, r"C:\程序 文件\python\pythonw.exe", FakeRegistry(), roaming
    )


def test_install_and_uninstall_on_windows(machine, built):
    done = install.install(machine, built)
    assert places.read_settings(machine.home / places.SETTINGS)["INTERPRETER"] == machine.interpreter
    addin = machine.roaming / "Microsoft/Excel/XLSTART/xlsuite.xlam"
    assert addin.read_bytes() == (built / "xlsuite.xlam").read_bytes()
    assert machine.registry.user[windows.OWN_KEY] == {"Interpreter": machine.interpreter}
    trusted = machine.registry.user[EXCEL + r"\Security\Trusted Locations\xlsuite"]
    assert trusted == {"Path": f"{machine.trusted}\\", "Description": "xlsuite", "AllowSubfolders": 0}
    command = (machine.trusted / "拖到这里校验.cmd").read_bytes().decode()
    assert '"C:\\程序 文件\\python\\python.exe" -X utf8 -m xlsuite check --mark %*\r\n' in command
    assert any("绩效自评" in line for line in done)
    assert (machine.home / places.SETTINGS).stat().st_mode & 0o077 == 0

    install.uninstall(machine)
    assert machine.registry.user == {EXCEL: {}}
    assert not addin.exists()
    assert not (machine.home / places.SETTINGS).exists()
    assert (machine.trusted / "自评表.xlsm").exists()


def test_installing_again_keeps_the_users_workbook_and_the_pipe(machine, built):
    install.install(machine, built)
    pipe = places.read_settings(machine.home / places.SETTINGS)["SOFFICE_PIPE"]
    (machine.trusted / "自评表.xlsm").write_bytes(b"filled in")
    install.install(machine, built)
    assert (machine.trusted / "自评表.xlsm").read_bytes() == b"filled in"
    assert places.read_settings(machine.home / places.SETTINGS)["SOFFICE_PIPE"] == pipe


def test_the_drop_target_marks_a_closed_workbook(tmp_path, built):
    import shutil
    import sys

    machine = Machine(tmp_path / "h", tmp_path / "自评 表", sys.executable)
    install.install(machine, built)
    example = Path(__file__).parents[2] / "workbooks" / "examples" / "yiyang-2022.xlsx"
    source = Path(shutil.copy(example, tmp_path / "我的 表.xlsx"))
    subprocess.run([machine.trusted / "拖到这里校验.sh", source], check=False, capture_output=True, timeout=60)
    assert (tmp_path / "我的 表_校验.xlsx").exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"INTERPRETER","/a b/python"\n', {"INTERPRETER": "/a b/python"}),
        ('\ufeff"interpreter","C:\\张三\\python.exe"\r\n\r\n  \r\n', {"INTERPRETER": "C:\\张三\\python.exe"}),
        ("nonsense\n", {}),
        ("", {}),
    ],
)
def test_settings_are_read_whatever_the_editor_left(tmp_path, text, found):
    (tmp_path / "x.conf").write_bytes(text.encode())
    assert places.read_settings(tmp_path / "x.conf") == found


def test_doctor_sees_wps_in_excels_place_and_forbidden_macros(machine):
    def state(name):
        return next((point.state, point.text) for point in examine_machine(machine) if point.name.startswith(name))

    assert state("Excel")[0] == BAD
    classes = machine.registry.machine
    classes[r"Software\Classes\Excel.Application\CLSID"] = {"": CLASS}
    server = rf"Software\Classes\CLSID\{CLASS}\LocalServer32"
    classes[server] = {"": r"C:\Program Files\Microsoft Office\EXCEL.EXE /automation"}
    assert state("Excel")[0] == GOOD
    classes[server] = {"": r"C:\Users\a\AppData\Local\Kingsoft\WPS Office\et.exe"}
    assert "WPS 占用" in state("Excel")[1]
    machine.registry.machine[r"Software\Policies\Microsoft\Office\16.0\Excel\Security"] = {"VBAWarnings": 4}
    assert state("宏设置")[0] == BAD
    assert "管理员" in state("宏设置")[1]


def test_doctor_speaks_on_this_machine(capsys, tmp_path, monkeypatch):
    from xlsuite.cli import main

    monkeypatch.setenv("XLSUITE_HOME", str(tmp_path / "没有"))
    main(["doctor", "--office-profile", str(tmp_path / "profile")])
    told = capsys.readouterr().out
    assert "请运行 xlsuite addin install" in told
    assert os.fspath(tmp_path) in told
