"""Names of Office icons that buttons may use, each looked up in a published list of them.

Office shows an empty square for a name it does not know, and says nothing. To use another icon, look it up
and add it.
"""

ICONS = frozenset(
    {
        "AcceptAndAdvance", "AcceptInvitation", "AcceptProposal", "AcceptTask", "AddReminder", "Alerts",
        "CategorizeMenu", "ChangeToDeclineInvitation", "ChartInsert", "CheckNames", "CheckOutFile",
        "ConferenceMeetNow", "CreateEmail", "CreateReport", "CrossReferenceInsert", "CustomViews",
        "DatabaseObjectDependencies", "DatabasePermissions", "DataFormAddRecord", "DataRefreshAll", "DataValidation", "FileNew", "FileOpen", "FileSendMenu", "FindDialog", "FindRelatedMenu",
        "FlagMessage", "FlagToday", "Folder", "FollowUpMenu", "FormulaEvaluate", "ForwardTask", "Help",
        "HighImportance", "ImportExcel", "Info", "Recurrence", "RecycleBin", "RejectApprovalRequest",
        "RemoveDuplicates", "Reply", "ReplyWithInstantMessage", "ReplyWithMeeting", "ReportsMenu",
        "RequestProgressInformation", "RerouteFreely", "RetentionPolicyTagsGallery", "ReviewAcceptChange",
        "ReviewCombineRevisions", "ReviewNewComment", "ReviewRejectChange", "StartTimer", "StatusDate",
        "TagMarkComplete", "TagsGallery", "TaskMoveForward", "TaskNotes", "TaskOutdent", "TeamCalendar",
    }
)  # fmt: skip
