"""Where each clause of the procedure is kept: its buttons, sheets, documents, and the test that shows it (1.1 to 1.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cluebook.actions import ACTIONS
from cluebook.documents import DOCUMENTS
from cluebook.ledger.tables import TABLES
from cluebook.manual.markdown import as_table
from cluebook.text import Lang, Text, join, same


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the procedure.

    Attributes:
        id: its name in the procedure, ``G1`` to ``A4``.
        text: what it asks for.
        actions: ids of the actions that carry it out, or see to it.
        tables: the sheets that keep it.
        documents: kinds of documents that show it.
        test: name of a test that would fail without it.
    """

    id: str
    text: Text
    actions: tuple[str, ...]
    tables: tuple[str, ...]
    documents: tuple[str, ...]
    test: str


def _clause(id_: str, zh: str, en: str, actions: str, tables: str, documents: str, test: str) -> Clause:
    return Clause(
        id_, Text(zh, en), tuple(actions.split()), tuple(tables.split()), tuple(documents.split()), test
    )


# fmt: off
CLAUSES: tuple[Clause, ...] = (
    _clause("G1", "依法合规，记录适用制度版本", "lawful; the policy version is kept", "accept", "Clues Settings", "", "test_accepting_gives_number_conclusion_secrecy_and_policy"),
    _clause("G2", "及时高效，期限预警", "in time; deadlines and warnings", "overdue recompute", "Clues Limits", "overdue_list", "test_any_clue_stands_somehow_and_its_figures_agree"),
    _clause("G3", "每条线索有专人负责", "somebody is responsible for every clue", "analyse receive", "Clues People", "", "test_a_step_is_for_those_whose_role_it_names"),
    _clause("G4", "避免推诿，退回两次须开协调会", "no passing on; two returns force a meeting", "return reroute meet", "Returns Meetings", "return_form meeting_minutes", "test_s03_a_clue_returned_twice_is_routed_again_only_after_a_meeting"),
    _clause("G5", "保密", "secrecy", "accept erase reply", "Clues Reporters", "routing_slip", "test_s12_of_an_anonymous_report_nothing_that_goes_out_tells_who_reported_or_whom_about"),
    _clause("G6", "适用部门和人员，岗位为数据", "departments, people and roles are data", "check", "Departments People", "", "test_where_roles_are_enforced_a_step_wants_one_of_its_roles"),
    _clause("C1", "内部渠道", "internal channels", "add import", "Clues Channels", "collection_form", "test_s18_traditional_and_wide_characters_are_kept_compared_and_understood"),
    _clause("C2", "外部渠道，来源编号和链接", "external channels, with source number and link", "add import", "Clues Channels", "collection_form", "test_a_condition_refuses_what_spoils_it_and_nothing_else_does"),
    _clause("C3", "部门总结批量登记", "summaries are brought in by the list", "import", "Clues", "", "test_every_example_of_the_manual_works_as_printed"),
    _clause("C4", "来源、时间、事项、描述四项必填", "source, time, matter, description are needed", "add check", "Clues", "collection_form", "test_every_example_of_the_manual_works_as_printed"),
    _clause("C5", "准确完整，缺项退补", "accurate and complete; gaps go back", "supplement complete", "Clues Pauses", "supplement_notice", "test_every_example_of_the_manual_works_as_printed"),
    _clause("C6", "及时传递", "passed on without delay", "add overdue", "Clues Limits", "", "test_each_deadline_is_due_after_the_days_of_the_procedure"),
    _clause("C7", "附说明和背景资料", "with a note and background", "accept", "Clues Materials", "collection_form", "test_a_condition_refuses_what_spoils_it_and_nothing_else_does"),
    _clause("C8", "实名匿名，受理告知", "named or anonymous; acknowledged", "add reply", "Reporters Replies", "reply_letter", "test_s12_who_reported_stands_on_one_sheet_and_nowhere_else"),
    _clause("Z1", "业务类", "business clues", "suggest accept", "Categories Keywords", "", "test_s15_each_subtype_asks_for_its_own_checklist"),
    _clause("Z2", "合规类，回避", "compliance clues, recusal", "accept route", "Categories", "", "test_a_clue_does_not_go_to_a_department_whose_head_it_is_about"),
    _clause("Z3", "其他类", "other clues", "suggest accept", "Categories", "", "test_s15_each_subtype_asks_for_its_own_checklist"),
    _clause("Z4", "紧急须有理由", "urgent needs a ground", "accept", "Clues", "", "test_a_condition_refuses_what_spoils_it_and_nothing_else_does"),
    _clause("Z5", "调级保留已用时间", "another urgency keeps the used time", "regrade", "Clues", "", "test_s06_raising_the_urgency_shrinks_the_deadline_and_keeps_the_used_time"),
    _clause("Z6", "初审三项判断", "three judgements of the review", "accept reject supplement", "Clues", "collection_form rejection_notice", "test_a_case_that_fulfils_everything_may_take_the_step"),
    _clause("Z7", "编号唯一不重用", "numbers are unique and never reused", "accept", "Numbers", "", "test_s14_two_users_who_enter_in_the_same_second_get_two_numbers_without_a_gap"),
    _clause("Z8", "建档，可追溯", "a case folder and a trail", "check", "Events", "volume", "test_s10_a_stage_edited_by_hand_is_found"),
    _clause("Z9", "复杂线索先讨论", "complex clues are discussed first", "meet analyse", "Meetings", "meeting_minutes", "test_a_discussion_may_be_recorded_at_any_stage_and_moves_nothing"),
    _clause("Z10", "重复线索并案", "repeated clues are merged", "duplicates merge", "Clues", "merge_note", "test_s08_a_repeated_report_is_merged_its_urgency_counts_and_its_reporter_is_answered"),
    _clause("N1", "背景分析", "background", "analyse", "Analyses", "analysis_report", "test_an_important_clue_is_analysed_in_full_unless_the_office_asks_for_less"),
    _clause("N2", "风险评估和等级", "risk and its grade", "analyse", "Analyses", "analysis_report", "test_the_worst_dimension_times_the_likelihood_gives_the_grade"),
    _clause("N3", "可行性分析，推荐一个方案", "feasibility; one way is recommended", "analyse", "Alternatives", "analysis_report", "test_an_alternative_given_with_the_report_is_weighed_and_the_first_is_recommended"),
    _clause("N4", "数据分析法", "analysis of data", "analyse report", "Analyses", "statistics", "test_a_report_counts_what_fell_into_its_period"),
    _clause("N5", "案例分析法", "analysis of similar cases", "analyse", "Analyses", "analysis_report", "test_a_new_analysis_is_opened_with_the_closed_cases_most_like_it"),
    _clause("N6", "专家咨询法", "experts are asked", "consult", "Consultations", "consultation_form", "test_an_expert_is_asked_with_a_form_and_the_answer_completes_the_record"),
    _clause("N7", "写明采用的方法", "the methods used are named", "analyse", "Analyses", "analysis_report", "test_an_important_clue_is_analysed_in_full_unless_the_office_asks_for_less"),
    _clause("N8", "报告五个部分", "a report in five parts", "analyse", "Analyses", "analysis_report", "test_a_complete_report_is_submitted_in_one_go"),
    _clause("N9", "审核，不得自审", "reviewed by somebody else", "approve rework", "Analyses", "analysis_report", "test_a_returned_analysis_is_kept_with_its_opinion_and_opens_a_new_version"),
    _clause("L1", "按规则流转", "routed by rules", "approve route", "RoutingRules", "", "test_the_more_precise_rule_holds_whatever_its_place"),
    _clause("L2", "及时到达", "arrives in time", "route overdue", "Clues Limits", "", "test_each_deadline_is_due_after_the_days_of_the_procedure"),
    _clause("L3", "填写流转单", "a routing slip is filled in", "route fast-track", "Clues", "routing_slip", "test_routing_numbers_the_slip_starts_the_receipt_limit_and_makes_the_slip"),
    _clause("L4", "流转单四项内容", "the four parts of the slip", "route", "Clues", "routing_slip", "test_the_slip_announces_receipt_and_completion"),
    _clause("L5", "资料一并传递", "materials go with it", "route", "Materials", "routing_slip", "test_routing_numbers_the_slip_starts_the_receipt_limit_and_makes_the_slip"),
    _clause("L6", "限时确认接收", "receipt is confirmed in time", "receive readback", "Clues", "routing_slip", "test_s17_a_filled_slip_whose_number_was_edited_is_refused"),
    _clause("L7", "专人负责处理", "a named handler", "receive", "Clues People", "", "test_a_condition_refuses_what_spoils_it_and_nothing_else_does"),
    _clause("L8", "协调会，主办协办分工", "coordination, with lead and tasks", "meet route task", "Meetings Tasks", "meeting_notice meeting_minutes", "test_s02_of_two_departments_one_is_late_and_the_case_stays_open"),
    _clause("L9", "退回与审定", "returns, and the decision on them", "return decide", "Returns", "return_form", "test_the_return_is_decided_and_the_clue_goes_to_whom_it_is_said_to_belong"),
    _clause("H1", "产品质量", "product quality", "tick", "Checklists", "handling_record", "test_each_branch_asks_for_what_belongs_to_it"),
    _clause("H2", "服务投诉，回访满意", "service complaints; called back, satisfied", "tick callback", "Checklists Callbacks", "callback_record", "test_a_dissatisfied_reporter_keeps_a_case_open_until_a_second_round_and_an_approval"),
    _clause("H3", "合作纠纷", "business disputes", "tick suspend", "Checklists", "handling_record", "test_each_branch_asks_for_what_belongs_to_it"),
    _clause("H4", "违规举报，查实上报", "misconduct; reported when verified", "tick", "Checklists", "handling_record", "test_each_branch_asks_for_what_belongs_to_it"),
    _clause("H5", "税务，会同财务", "taxes, together with finance", "tick approve", "Checklists RoutingRules", "handling_record", "test_s15_each_subtype_asks_for_its_own_checklist"),
    _clause("H6", "员工建议", "suggestions", "tick reply", "Checklists Replies", "reply_letter", "test_each_branch_asks_for_what_belongs_to_it"),
    _clause("H7", "市场反馈", "market feedback", "tick", "Checklists", "handling_record", "test_each_branch_asks_for_what_belongs_to_it"),
    _clause("H8", "承诺日不超过期限", "a promise within the limit", "receive", "Clues", "routing_slip", "test_a_condition_refuses_what_spoils_it_and_nothing_else_does"),
    _clause("H9", "紧急：初步处理和进展", "urgent: initial handling and progress", "log", "Handling", "handling_record", "test_first_step_and_completion_are_stamped_once"),
    _clause("H10", "重要：处理方案", "important: a plan", "plan", "Plans", "handling_plan", "test_every_example_of_the_manual_works_as_printed"),
    _clause("H11", "一般：期限内完成", "general: done within the limit", "log overdue", "Limits", "", "test_each_deadline_is_due_after_the_days_of_the_procedure"),
    _clause("H12", "时限可配置", "limits are settings", "recompute", "Limits", "", "test_every_example_of_the_manual_works_as_printed"),
    _clause("H13", "延期须在期满前", "extensions before expiry", "extend decide", "Extensions", "extension_form", "test_s04_an_extension_one_day_after_expiry_is_refused"),
    _clause("H14", "挂起停计", "a pause stops the clocks", "suspend resume", "Pauses", "", "test_s05_a_pause_over_national_day_moves_the_date_by_the_working_days_that_passed"),
    _clause("H15", "处理记录", "the handling log", "log readback", "Handling", "handling_record", "test_a_line_is_dated_and_signed_by_itself"),
    _clause("H16", "处理记录归档", "the log is archived", "archive", "Materials", "handling_record", "test_a_case_with_its_papers_is_numbered_listed_and_packed"),
    _clause("F1", "及时反馈，有凭证", "feedback in time, with evidence", "feedback", "Feedback", "feedback_report", "test_feedback_other_than_in_writing_needs_evidence"),
    _clause("F2", "重大线索反馈会议", "a meeting for major clues", "meet close", "Meetings", "meeting_notice meeting_minutes", "test_a_major_case_is_closed_after_its_meeting"),
    _clause("F3", "反馈四个部分", "feedback in four parts", "feedback readback", "Feedback", "feedback_report", "test_feedback_lacks_are_told_all_at_once_on_their_sheets"),
    _clause("F4", "反馈审核或退回", "feedback is accepted or returned", "close redo", "Feedback", "feedback_report", "test_s07_when_feedback_is_returned_the_clock_runs_on_from_where_it_stopped"),
    _clause("F5", "答复反映人", "the reporter is answered", "reply", "Replies", "reply_letter", "test_s08_a_repeated_report_is_merged_its_urgency_counts_and_its_reporter_is_answered"),
    _clause("K1", "定期跟进", "followed up regularly", "follow-up", "FollowUps", "", "test_what_is_due_is_entered_once_and_waits_to_be_filled_in"),
    _clause("K2", "跟踪台账", "the tracking ledger", "report dashboard", "Clues", "tracking_ledger", "test_the_tracking_ledger_lists_what_departments_have_in_hand_by_what_is_due_first"),
    _clause("K3", "催办，四级阶梯", "reminders, in four steps", "escalate urge", "Urges", "supervision_order overdue_report", "test_each_step_is_taken_once_and_the_level_rises_with_it"),
    _clause("K4", "监督岗位", "a supervisor's post", "spot-check rectify", "People", "", "test_a_step_is_for_those_whose_role_it_names"),
    _clause("K5", "定期抽查", "regular spot checks", "spot-check", "SpotChecks", "spot_check_list spot_check_report", "test_a_sample_is_kept_with_its_batch_and_seed_and_can_be_drawn_again"),
    _clause("K6", "整改和处理", "put right, and sanctioned", "rectify urge", "Rectifications Urges", "rectification_notice supervision_order", "test_what_was_put_right_stays_open_until_it_is_rechecked"),
    _clause("A1", "五类材料齐全", "the five kinds of papers", "archive", "Materials Volumes", "volume", "test_papers_that_are_missing_are_named_and_nothing_is_archived"),
    _clause("A2", "按类别、时间整理", "in order of category and time", "archive report", "Volumes", "volume archive_index", "test_the_index_is_in_the_order_in_which_the_papers_were_formed"),
    _clause("A3", "易于查阅，借阅登记", "easy to find; loans are recorded", "lend", "Volumes Loans", "loan_form", "test_a_volume_is_lent_with_approval_for_ten_working_days_and_once_at_a_time"),
    _clause("A4", "保管期限，到期鉴定和销毁", "terms, appraisal, disposal", "archive retention dispose", "RetentionRules Disposals", "retention_list disposal_form", "test_nothing_is_disposed_of_before_its_time_or_without_approval_and_two_witnesses"),
)
"""Every clause of sections 1.1 to 1.9."""
# fmt: on


def clauses(lang: Lang) -> Iterator[str]:
    """Return the lines on where each clause is kept."""
    head = (
        Text("条款", "Clause"),
        Text("内容", "What it asks"),
        Text("操作", "Actions"),
        Text("表", "Sheets"),
        Text("文书", "Documents"),
        Text("检验", "Test"),
    )
    sheets = {table.name: table.title for table in TABLES}
    rows = [
        (
            clause.id,
            clause.text,
            join([Text(f"{ACTIONS[a].text.zh} `{a}`", f"`{a}`") for a in clause.actions]),
            join([sheets[table] for table in clause.tables]),
            join([DOCUMENTS[kind].text for kind in clause.documents]) if clause.documents else "",
            same(f"`{clause.test}`"),
        )
        for clause in CLAUSES
    ]
    yield from as_table(head, rows, lang)
