"""Toolbar and menu 绩效自评: hands the current document to the Python behind the buttons, over a pipe for one click.

The pipe gives out exactly this document and LibreOffice's context, once, and only to processes of the same user.
Macro security is not involved, so it works on a plain .xlsx.
"""

import os
import subprocess
import threading
import uuid

import unohelper
from com.sun.star.bridge import XInstanceProvider
from com.sun.star.frame import XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo

NAME = "xlsuite.Buttons"
SERVICE = "com.sun.star.frame.ProtocolHandler"
PROTOCOL = "xlsuite:"
TAKEN_FROM_CHILD = ("PYTHON", "LD_LIBRARY_PATH", "UNO_", "URE_")


def settings_file():
    """The settings that ``xlsuite addin install`` wrote."""
    home = os.environ.get("XLSUITE_HOME") or os.path.join(os.path.expanduser("~"), ".xlsuite")
    return os.path.join(home, "xlsuite.conf")


def interpreter():
    """The Python behind the buttons; "" when nothing is installed."""
    try:
        with open(settings_file(), encoding="utf-8-sig") as lines:
            for line in lines:
                parts = line.strip().split('"')
                if len(parts) >= 4 and parts[1] == "INTERPRETER":
                    return parts[3]
    except OSError:
        pass
    return ""


class Hand(unohelper.Base, XInstanceProvider):
    """Gives out the objects of one click by name."""

    def __init__(self, objects):
        self.objects = objects

    def getInstance(self, name):
        return self.objects.get(name)


class Handler(unohelper.Base, XInitialization, XDispatchProvider, XDispatch, XServiceInfo):
    """Answers the commands ``xlsuite:check`` and the like."""

    def __init__(self, context):
        self.context = context
        self.frame = None

    def initialize(self, arguments):
        if arguments:
            self.frame = arguments[0]

    def queryDispatch(self, url, target, flags):
        return self if url.Protocol == PROTOCOL else None

    def queryDispatches(self, requests):
        return tuple(self.queryDispatch(one.FeatureURL, one.FrameName, one.SearchFlags) for one in requests)

    def addStatusListener(self, listener, url):
        pass

    def removeStatusListener(self, listener, url):
        pass

    def dispatch(self, url, arguments):
        program = interpreter()
        if not program:
            self.tell("本机还没有安装按钮背后的程序，请让维护人员运行 xlsuite addin install。")
            return
        pipe = "xlsuite-" + uuid.uuid4().hex
        threading.Thread(target=self.hand_over, args=(pipe, self.frame.Controller.Model), daemon=True).start()
        environment = {key: value for key, value in os.environ.items() if not key.startswith(TAKEN_FROM_CHILD)}
        environment["PYTHONUTF8"] = "1"
        command = [program, "-m", "xlsuite.buttons", url.Path, "--pipe=" + pipe]
        try:
            # Never wait here: LibreOffice answers nobody while a command runs.
            subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, cwd=os.path.expanduser("~"))
        except OSError as error:
            self.tell("按钮背后的程序不能启动：%s\n%s\n请让维护人员运行 xlsuite doctor。" % (program, error.strerror))

    def hand_over(self, pipe, document):
        services = self.context.ServiceManager
        acceptor = services.createInstanceWithContext("com.sun.star.connection.Acceptor", self.context)
        connection = acceptor.accept("pipe,name=" + pipe)
        bridges = services.createInstanceWithContext("com.sun.star.bridge.BridgeFactory", self.context)
        bridges.createBridge("", "urp", connection, Hand({"document": document, "context": self.context}))

    def tell(self, text):
        from com.sun.star.awt.MessageBoxType import WARNINGBOX

        window = self.frame.ContainerWindow
        window.Toolkit.createMessageBox(window, WARNINGBOX, 1, "绩效自评", text).execute()

    def getImplementationName(self):
        return NAME

    def supportsService(self, name):
        return name == SERVICE

    def getSupportedServiceNames(self):
        return (SERVICE,)


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Handler, NAME, (SERVICE,))
