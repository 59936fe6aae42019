//! Pipe tables: cells, their places, and what is wrong with them.

use super::{printed, procedure, read_one, refuses};
use crate::model::{FeeBase, Table};

fn fee(table: &str) -> String {
    let rows: String = table.lines().map(|line| format!("      {line}\n")).collect();
    procedure(&format!("fees:\n  - id: f\n    name: {{ vi: a, en: b }}\n    cite: X\n    table: |\n{rows}"))
}

#[track_caller]
fn cells(table: &str) -> Vec<String> {
    let text = fee(table);
    let (sources, parsed) = read_one(&text);
    assert_eq!(printed(&sources, &parsed), "");
    let FeeBase::Table(Table { inputs, outputs, rows, .. }) = &parsed.value.procedures[0].fees[0].base else { panic!() };
    let mut cells = Vec::new();
    let mut note = |text: &str, span| {
        assert_eq!(sources.text(span), text);
        cells.push(text.to_owned());
    };
    inputs.iter().for_each(|column| note(&column.expression.value, column.expression.span));
    outputs.iter().for_each(|output| note(&output.value, output.span));
    for row in rows {
        row.tests.iter().chain(&row.outputs).for_each(|cell| note(&cell.value, cell.span));
        row.id.iter().for_each(|id| note(&id.value, id.span));
        row.basis.citations.iter().for_each(|citation| note(sources.text(citation.span), citation.span));
    }
    cells
}

#[test]
fn each_cell_has_its_place() {
    let table = "| a.đ | => amount | id | cite |\n| --- | --- | --- | --- |\n\n| \"ở|nhờ\\\"|\", \"x\" | 1+2 | r | 1/2020/NĐ-CP art 1 ; X art 2, art 3 |\n|-|2| | |";
    assert_eq!(cells(table), ["a.đ", "amount", "\"ở|nhờ\\\"|\", \"x\"", "1+2", "r", "1/2020/NĐ-CP art 1", "X art 2, art 3", "-", "2"]);
}

#[test]
fn a_row_of_any_is_not_a_line_of_dashes() {
    assert_eq!(cells("| a | b | => c |\n| - | - | 1 |"), ["a", "b", "c", "-", "-", "1"]);
}

#[test]
fn rows_fit_their_head() {
    refuses(&fee("| a | => b |\n| 1 | 2 |\n| 1 |\n| 1 | 2 | 3 |"), "bad-table at `| 1 |`\nbad-table at `| 1 | 2 | 3 |`");
    refuses(&fee("| a | => b |\n| 1 | 2"), "bad-table at `| 1 | 2`");
    refuses(&fee("| a | => b |\n| \"x | 2 |\n| 1 | 2 |"), "bad-table at `| \"x | 2 |`");
}

#[test]
fn a_head_names_inputs_and_outputs() {
    refuses(&fee("| a | b |\n| 1 | 2 |"), "bad-table at `a | b`");
    refuses(&fee("| a |  | => b |\n| 1 | 2 | 3 |"), "bad-table at `  `");
    refuses(&fee("| a | => b | => b | from | from |\n| 1 | 2 | 3 | | |"), "bad-table at `=> b`\nbad-table at `from`");
    refuses(&fee("| a | => B |\n| 1 | 2 |"), "bad-name at `B`");
    refuses(&fee("| a | => b |"), "bad-table at `| a | => b |`");
}

#[test]
fn cells_are_checked() {
    refuses(&fee("| a | => b | from |\n|  | 1 | 2026-02-30 |"), "bad-table at `  `\nbad-date at `2026-02-30`");
    refuses(&fee("| a | => b | id | confidence |\n| - |  | Ab | sure |"), "bad-table at `  `\nbad-name at `Ab`\nunknown-value at `sure`");
    refuses(&fee("| a | => b | cite |\n| - | 1 | X art 1; X clause 2 |"), "bad-citation at `clause 2`");
}

#[test]
fn a_table_is_drawn() {
    let text =
        "fees:\n  - { id: f, name: { vi: a, en: b }, cite: X, table: [1] }\n  - { id: g, name: { vi: a, en: b }, cite: X, table: \"\" }\n";
    refuses(&procedure(text), "wrong-shape at `[1]`\nbad-table at ``");
}
