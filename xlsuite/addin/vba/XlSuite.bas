Option Explicit
' Buttons of the self-evaluation workbook and of the ribbon tab.
'
' A button starts a Python process, waits until it has done its work in the open
' workbook, and shows its text when it could not start. Nothing else happens here.
' The Python interpreter is the first one that is named by
'   1. a sheet "xlsuite.conf" in the workbook (keys in column A, values in column B)
'   2. a file xlsuite.conf beside the workbook
'   3. a file .xlsuite\xlsuite.conf in the user's own folder
'   4. the registry value HKCU\Software\xlsuite\Interpreter
'   5. the search path (pythonw.exe)
' The text of this module is ASCII on purpose: the editor of VBA knows no Unicode.
' Chinese messages are therefore written as hexadecimal character codes.

Private Const SETTINGS As String = "xlsuite.conf"
Private Const KEY_INTERPRETER As String = "INTERPRETER"

Public Sub XlsCheck()
    RunTask "check"
End Sub

Public Sub XlsRecalc()
    RunTask "recalc"
End Sub

Public Sub XlsReport()
    RunTask "report"
End Sub

Public Sub XlsAudit()
    RunTask "audit"
End Sub

Public Sub XlsJump()
    RunTask "jump"
End Sub

Public Sub XlsGuide()
    RunTask "guide"
End Sub

Public Sub XlsClear()
    RunTask "clear"
End Sub

Public Sub XlsRestore()
    RunTask "restore"
End Sub

Public Sub XlsAbout()
    RunTask "about"
End Sub

' Every button of the ribbon: its id is "xls_" and the name of the task.
Public Sub XlsRibbon(control As Object)
    RunTask Mid(control.ID, 5)
End Sub

Private Sub RunTask(ByVal task As String)
    If Application.Version = "11.0" Then
        ' Only LibreOffice says so; Excel with this file format is 12.0 or later.
        RunInLibreOffice task
    ElseIf Not ThisWorkbook.IsAddin Then
        RunInExcel task, ThisWorkbook
    ElseIf ActiveWorkbook Is Nothing Then
        ' Please open the self-evaluation workbook first.
        Complain Zh("8BF7 5148 6253 5F00 81EA 8BC4 8868 5DE5 4F5C 7C3F 3002")
    Else
        RunInExcel task, ActiveWorkbook
    End If
End Sub

Private Sub RunInExcel(ByVal task As String, ByVal book As Object)
    Dim interpreter As String
    Dim report As String
    Dim command As String
    Dim code As Long
    interpreter = InterpreterFor(book)
    report = Environ("TEMP") & "\xlsuite-button.txt"
    command = Quoted(interpreter) & " -X utf8 -m xlsuite.buttons " & task & " " & Quoted("--wb=" & book.FullName) & _
              " --hwnd=" & Application.Hwnd & " " & Quoted("--log=" & report)
    RemoveFile report
    code = -1
    On Error Resume Next
    code = CreateObject("WScript.Shell").Run(command, 0, True)
    On Error GoTo 0
    If code <> 0 Then
        ' The program behind the button cannot be started: ... Please have xlsuite doctor run by the maintainer.
        Complain Zh("6309 94AE 80CC 540E 7684 7A0B 5E8F 6CA1 6709 5B8C 6210 FF1A") & vbLf & interpreter & vbLf & _
                 TextOf(report) & vbLf & _
                 Zh("8BF7 8BA9 7EF4 62A4 4EBA 5458 8FD0 884C") & " xlsuite doctor " & Zh("3002")
    End If
End Sub

Private Sub RunInLibreOffice(ByVal task As String)
    Dim launcher As String
    launcher = Environ("XLSUITE_LAUNCHER")
    If launcher = "" And Environ("HOME") <> "" Then launcher = Environ("HOME") & "/.xlsuite/xlsuite-button"
    If launcher = "" Then launcher = Environ("USERPROFILE") & "\.xlsuite\xlsuite-button.cmd"
    If Dir(launcher) = "" Then
        ' The buttons are not installed on this machine. Please have ... run: xlsuite addin install
        Complain Zh("672C 673A 8FD8 6CA1 6709 5B89 88C5 6309 94AE 7A0B 5E8F 3002") & _
                 Zh("8BF7 8BA9 7EF4 62A4 4EBA 5458 8FD0 884C") & " xlsuite addin install " & Zh("3002")
    Else
        ' Asynchronous: LibreOffice must be free to answer while the task works in it.
        Shell launcher & " " & task & " --office " & Quoted("--wb=" & ThisWorkbook.Path & "/" & ThisWorkbook.Name), 0
    End If
End Sub

Private Function InterpreterFor(ByVal book As Object) As String
    Dim found As String
    found = SheetSetting(book)
    If found = "" And book.Path <> "" Then found = FileSetting(book.Path & "\" & SETTINGS)
    If found = "" Then found = FileSetting(Environ("USERPROFILE") & "\.xlsuite\" & SETTINGS)
    If found = "" Then found = RegistrySetting()
    If found = "" Then found = "pythonw.exe"
    InterpreterFor = found
End Function

Private Function SheetSetting(ByVal book As Object) As String
    Dim sheet As Object
    Dim row As Long
    For Each sheet In book.Worksheets
        If LCase(sheet.Name) = SETTINGS Then
            For row = 1 To 20
                If UCase(Trim(sheet.Cells(row, 1).Text)) = KEY_INTERPRETER Then SheetSetting = Trim(sheet.Cells(row, 2).Text)
            Next row
        End If
    Next sheet
End Function

Private Function FileSetting(ByVal path As String) As String
    Dim line As Variant
    Dim parts As Variant
    For Each line In Split(Replace(TextOf(path), vbCr, ""), vbLf)
        parts = Split(line, """")
        ' "KEY","value" is cut into: empty, KEY, comma, value, empty
        If UBound(parts) >= 3 Then
            If UCase(Trim(parts(1))) = KEY_INTERPRETER Then FileSetting = parts(3)
        End If
    Next line
End Function

Private Function RegistrySetting() As String
    On Error Resume Next
    RegistrySetting = CreateObject("WScript.Shell").RegRead("HKCU\Software\xlsuite\Interpreter")
    On Error GoTo 0
End Function

' The text of a UTF-8 file; empty when there is none.
Private Function TextOf(ByVal path As String) As String
    Dim stream As Object
    If Not CreateObject("Scripting.FileSystemObject").FileExists(path) Then Exit Function
    Set stream = CreateObject("ADODB.Stream")
    stream.Type = 2
    stream.Charset = "utf-8"
    stream.Open
    stream.LoadFromFile path
    TextOf = stream.ReadText
    stream.Close
End Function

Private Sub RemoveFile(ByVal path As String)
    On Error Resume Next
    CreateObject("Scripting.FileSystemObject").DeleteFile path
    On Error GoTo 0
End Sub

Private Function Quoted(ByVal text As String) As String
    Quoted = """" & text & """"
End Function

Private Function Zh(ByVal codes As String) As String
    Dim code As Variant
    For Each code In Split(codes, " ")
        Zh = Zh & ChrW(CLng("&H" & code & "&"))
    Next code
End Function

Private Sub Complain(ByVal text As String)
    MsgBox text, vbExclamation, "xlsuite"
End Sub
