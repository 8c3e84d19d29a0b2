Attribute VB_Name = "Cluebook"
Option Explicit
' What the ribbon calls. All work is done in Python; a button's id is the name of its action.
' This file is ASCII only: VBA keeps its text in an ANSI code page. Words are in the ribbon and in cells.

Private shown As IRibbonUI
Private stage As String

Public Sub Cluebook_Load(ribbon As IRibbonUI)
    Set shown = ribbon
End Sub

Public Sub Cluebook_Press(control As IRibbonControl)
    ' An error that is not caught would stop the project, and with it the greying of buttons.
    On Error GoTo Failed
    RunPython "import cluebook.press; cluebook.press.press('" & control.ID & "')"
    Cluebook_Follow
    Exit Sub
Failed:
    MsgBox Err.Description, vbExclamation, "Cluebook"
End Sub

Public Sub Cluebook_Enabled(control As IRibbonControl, ByRef enabled As Variant)
    ' A button is grey only when it is certain that the selected clue cannot take its step.
    enabled = True
    On Error GoTo Unsure
    If stage = "" Then Exit Sub
    enabled = Application.WorksheetFunction.CountIf(ListNamed("starts_" & Replace(control.ID, "-", "_")), stage) > 0
Unsure:
End Sub

Public Sub Cluebook_Follow()
    ' Office asks for every button again only when the stage is another one.
    Dim found As String
    found = SelectedStage()
    If found = stage Then Exit Sub
    stage = found
    If Not shown Is Nothing Then shown.Invalidate
End Sub

Private Function SelectedStage() As String
    ' The stage of the selected clue; nothing when several rows or none of the table are selected.
    Dim cells As Range
    On Error GoTo Unsure
    Set cells = Application.Intersect(Application.Selection.EntireRow, ListNamed("list_Clues_stage"))
    If cells.Count = 1 Then SelectedStage = CStr(cells.Value)
Unsure:
End Function

Private Function ListNamed(ByVal name As String) As Range
    Set ListNamed = Application.ActiveWorkbook.Names(name).RefersToRange
End Function
