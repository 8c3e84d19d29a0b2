"""Drop-down lists, set as xlwings' programs set them."""

import pytest

pytestmark = pytest.mark.office


def test_words_cells_and_names_may_be_the_list_of_a_cell(sheet):
    rule = sheet["A1:A3"].data_validation
    assert rule.type == "none"
    rule.set_list(["开", "关"])
    assert (rule.type, rule.source, rule.in_cell_dropdown) == ("list", "开,关", True)
    sheet["D1:E1"].value = ["x", "y"]
    rule.set_list(sheet["D1:E1"], in_cell_dropdown=False)
    assert (rule.type, rule.source, rule.in_cell_dropdown) == ("list", "=Sheet1!$D$1:$E$1", False)
    sheet.book.names.add("choices", "=Sheet1!$D$1:$E$1")
    sheet["B1"].data_validation.set_list(sheet.book.names["choices"])
    assert sheet["B1"].data_validation.source == "=choices"


def test_a_list_that_was_deleted_allows_everything_again(sheet):
    rule = sheet["A1"].data_validation
    rule.set_list(["x"])
    rule.delete()
    assert (rule.type, rule.source) == ("none", None)


def test_numbers_and_formulas_may_be_the_rule_of_a_cell(sheet):
    rule = sheet["A1:A3"].data_validation
    rule.set_whole_number("between", 1, 10)
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == (
        "whole_number",
        "between",
        "=1",
        "=10",
    )
    rule.set_decimal("greater_than", 0.5)
    assert (rule.operator, rule.formula2, rule.alert_style) == ("greater_than", None, "stop")
    rule.set_custom("=COUNTIF($A$1:$A$3,A1)=1")
    assert (rule.type, rule.operator, rule.source) == ("custom", None, None)
    assert "COUNTIF" in rule.formula
    rule.delete()
    assert (rule.type, rule.formula1, rule.ignore_blank, rule.show_error) == ("none", None, None, None)
