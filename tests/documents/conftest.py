"""Plainly fictional content for the templates, made from the records so that no field is forgotten."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from cluebook.domain.clue import Clue
from cluebook.domain.fields import columns
from cluebook.domain.records import Analysis, Feedback, HandlingLine
from cluebook.text import Lang

_CLUE = {
    "zh": {
        "number": "XS-2026-YW-0147", "slip_no": "LZ-2026-0147", "channel": "客户投诉", "secrecy": "普通", "nature": "业务",
        "subtype": "产品质量", "urgency": "重要", "found_at": "2026年11月2日 09:12", "reviewed_at": "2026年11月2日 16:40",
        "matter": "晨光牌电热水壶底座发热异常", "subjects": "青禾电器厂、晨光牌 KL-18 型电热水壶",
        "description": "多名客户来电反映，今年九月以来购买的 KL-18 型电热水壶在连续使用十分钟后底座明显发热，其中两台出现焦味。"
        "客服初步核对，涉及批次为 0906、0907 两批，已售约四百台。客户要求查明原因，并希望给出更换办法。",
        "department": "质量管理部", "joint_departments": "客户服务部、采购部", "routing_reason": "属产品质量问题，由质量管理部牵头核查，客户服务部、采购部配合。",
        "routed_at": "2026年11月4日 09:30", "receipt_due": "2026年11月5日", "expected_on": "2026年11月16日",
        "completion_due": "2026年11月18日", "handler": "韩立新", "receipt": "",
    },
    "en": {
        "number": "XS-2026-BU-0147", "slip_no": "RS-2026-0147", "channel": "Customer complaint", "secrecy": "Ordinary", "nature": "Business",
        "subtype": "Product quality", "urgency": "Important", "found_at": "2 November 2026 09:12", "reviewed_at": "2 November 2026 16:40",
        "matter": "Base of the Morning Light kettle overheats", "subjects": "Greenfield Appliances; Morning Light kettle KL-18",
        "description": "Several customers report that the base of kettles of type KL-18 bought since September grows hot after ten minutes "
        "of use; two of them smelt of burning. Customer service has traced them to batches 0906 and 0907, about four hundred sold. "
        "The customers want the cause found and a way to exchange the kettles.",
        "department": "Quality Department", "joint_departments": "Customer Service; Purchasing", "routing_reason": "A matter of product quality; "
        "the Quality Department leads, Customer Service and Purchasing help.",
        "routed_at": "4 November 2026 09:30", "receipt_due": "5 November 2026", "expected_on": "16 November 2026",
        "completion_due": "18 November 2026", "handler": "Han Lixin",
    },
}  # fmt: skip
_FEEDBACK = {
    "zh": {
        "process": "11月5日调取0906、0907两批次的生产与检验记录，11月6日对留样三台做连续通电试验，11月9日到供应商处核查温控器来料检验情况。",
        "result": "查明两批次温控器由同一供应商提供，触点间隙超差，通电后不能及时断开。已停售库存86台，对已售产品发布更换公告，截至11月16日更换231台，未发生人身伤害。",
        "expectation": "达到", "improvements": "来料抽检比例偏低，未覆盖触点间隙。自12月起将温控器触点间隙列入来料必检项目，抽检比例由1%提高到5%，并每季度复核一次供应商。",
        "form": "书面报告", "evidence": "1．留样试验记录；2．更换公告", "submitted_by": "韩立新",
    },
    "en": {
        "process": "On 5 November we took the production and inspection records of both batches, on 6 November we ran three retained kettles, "
        "and on 9 November we checked the incoming inspection of thermostats at the supplier.",
        "result": "The thermostats of both batches came from one supplier; the contact gap was out of tolerance, so they did not open in time. "
        "86 kettles in stock were withdrawn; of those sold, 231 had been exchanged by 16 November. Nobody was hurt.",
        "expectation": "Met", "improvements": "Incoming inspection sampled too few parts and did not measure the contact gap. From December the gap is "
        "measured on every delivery, the sample rises from 1 % to 5 %, and the supplier is reviewed each quarter.",
        "form": "Written report", "evidence": "test record of retained kettles; notice of exchange", "submitted_by": "Han Lixin",
    },
}  # fmt: skip
_LOG = {
    "zh": [
        ("2026年11月5日 10:20", "调取两批次生产、检验记录", "生产部王琴，电话，核对批次范围", "确认涉及两批共420台", "韩立新", ""),
        ("2026年11月6日 14:00", "对留样三台连续通电试验", "客户服务部，会议，通报试验安排", "两台底座温度超过限值", "苏文静", "试验记录"),
        ("2026年11月9日 09:30", "到供应商处核查温控器来料", "供应商质检主管，现场，触点间隙标准", "确认触点间隙超差", "韩立新", ""),
        ("2026年11月12日 16:10", "发布更换公告，停售库存", "采购部，邮件，补货安排", "已开始更换", "苏文静", "更换公告"),
    ],
    "en": [
        ("5 November 2026 10:20", "Took production and inspection records", "Wang Qin, production, by telephone: range of batches", "Two batches, 420 kettles", "Han Lixin", ""),
        ("6 November 2026 14:00", "Ran three retained kettles", "Customer Service, meeting: plan of the test", "Two bases above the limit", "Su Wenjing", "test record"),
        ("9 November 2026 09:30", "Checked thermostats at the supplier", "Supplier's inspector, on site: contact gap", "Gap out of tolerance", "Han Lixin", ""),
    ],
}  # fmt: skip
_LISTS = {
    "zh": {
        "office": "青禾集团线索管理部", "title": "文书", "today": "2026年11月4日", "user": "陈思远",
        "deadlines": [("接收期限", "2026年11月5日", "1 个工作日"), ("方案期限", "2026年11月9日", "3 个工作日"), ("完成期限", "2026年11月18日", "10 个工作日")],
        "materials": ["客户来电记录（2 份）", "KL-18 型电热水壶照片（6 张）", "销售批次核对表"],
        "rows": [("XS-2026-YW-0098", "门店退款久拖未办", "客户服务部", "林雨桐", "完成逾期", "2026年10月30日", "3"),
                 ("XS-2026-HG-0021", "供应商反映验收环节索要好处", "采购部", "周启明", "接收逾期", "2026年11月3日", "1"),
                 ("XS-2026-QT-0007", "员工建议调整班车路线", "行政部", "", "反馈逾期", "2026年11月2日", "2")],
    },
    "en": {
        "office": "Greenfield Group Clue Office", "title": "Document", "today": "4 November 2026", "user": "Chen Siyuan",
        "deadlines": [("Receipt due", "5 November 2026", "1 working day"), ("First step due", "9 November 2026", "3 working days"), ("Completion due", "18 November 2026", "10 working days")],
        "materials": ["Records of two calls", "Six photographs of kettle KL-18", "List of batches sold"],
        "rows": [("XS-2026-BU-0098", "Refund of a shop long outstanding", "Customer Service", "Lin Yutong", "Completion", "30 October 2026", "3"),
                 ("XS-2026-CO-0021", "Supplier says favours were asked for at acceptance", "Purchasing", "Zhou Qiming", "Receipt", "3 November 2026", "1"),
                 ("XS-2026-OT-0007", "Proposal to change the shuttle route", "Administration", "", "Feedback", "2 November 2026", "2")],
    },
}  # fmt: skip


@pytest.fixture(scope="session")
def naughty() -> list[str]:
    """Return the texts that programs stumble over."""
    return runpy.run_path(str(Path(__file__).with_name("naughty.py")))["NAUGHTY"]


@pytest.fixture
def filled() -> Callable[[str, Lang], dict[str, object]]:
    """Return the function that fills a document of a kind in a language."""
    return lambda name, lang: _overdue(lang) if name == "overdue_list" else _context(lang)


@pytest.fixture
def template(tmp_path: Path) -> Callable[..., Path]:
    """Return the function that writes a template of a few paragraphs, in Word's own default package."""

    def write(*paragraphs: str, title: str = "", name: str = "notice.docx") -> Path:
        document = docx.Document()
        document.core_properties.title = title
        for text in paragraphs:
            document.add_paragraph(text)
        document.save(tmp_path / name)
        return tmp_path / name

    return write


def _context(lang: Lang) -> dict[str, object]:
    """Return everything a template may name, filled."""
    lists = _LISTS[lang]
    return {
        **{name: lists[name] for name in ("office", "title", "today", "user")},
        "number": _CLUE[lang]["number"],
        "clue": _filled(Clue, _CLUE[lang]),
        "analysis": _filled(Analysis, {}),
        "feedback": _filled(Feedback, _FEEDBACK[lang]),
        "log": [_named(HandlingLine, line) for line in _LOG[lang]],
        "deadlines": [dict(zip(("name", "due", "rule"), line, strict=True)) for line in lists["deadlines"]],
        "materials": [{"name": name} for name in lists["materials"]],
    }


def _overdue(lang: Lang) -> dict[str, object]:
    """Return what the overdue list may name, filled."""
    lists = _LISTS[lang]
    names = ("number", "matter", "department", "handler", "kind", "due", "days")
    rows = [dict(zip(names, line, strict=True)) for line in lists["rows"]]
    return {"office": lists["office"], "today": lists["today"], "rows": rows, "total": len(rows)}


def _filled(record: type, known: dict[str, str]) -> dict[str, str]:
    return {column.name: known.get(column.name, "") for column in columns(record)}


def _named(record: type, line: tuple[str, ...]) -> dict[str, str]:
    names = [column.name for column in columns(record) if column.name != "clue"]
    return dict(zip(names, line, strict=True))
