//! Tables, and the matrix of stances, whose cells are drawn.

use maud::{Markup, html};

use super::lists::Lists;
use super::look::{Look, looks};
use crate::exchange::statistics::{ByStance, Cell, Statistics, Table};

/// Rows of a table at most; those left out are counted.
const ROWS: usize = 25;

/// Rows of a table of times at most.
const TIMES: usize = 60;

/// Columns of the matrix at most.
const ISSUES: usize = 10;

/// `table` with each number leading to its sentences. Columns that say nothing in any row are left out.
pub(super) fn table(table: &Table, lists: &mut Lists<'_>) -> Markup {
    let most = if table.name == "time" { TIMES } else { ROWS };
    let rows = &table.rows[..table.rows.len().min(most)];
    let says = |column: &usize| {
        *column == 0 || rows.iter().any(|row| row.get(*column).is_some_and(|cell| !cell.is_blank()))
    };
    let columns: Vec<usize> =
        (0..table.columns.len()).filter(|column| table.columns[*column].name != "id").filter(says).collect();
    let is_number =
        |column: usize| matches!(rows.first().and_then(|row| row.get(column)), Some(Cell::Number(..)));
    let left = table.rows.len() - rows.len();
    html! {
        div.scroll tabindex="0" role="region" aria-label=(format!("Table: {}", table.title)) {
            table {
                caption { (table.title) @if left > 0 { span.quiet { " (the first " (rows.len()) " of " (table.rows.len()) ")" } } }
                thead { tr { @for column in &columns { th.number[is_number(*column)] scope="col" { (table.columns[*column].label) } } } }
                tbody {
                    @for row in rows {
                        @let name = heading(row);
                        tr {
                            @for column in &columns {
                                @match &row[*column] {
                                    Cell::Text(text) if *column == 0 => { th scope="row" { (text) } }
                                    Cell::Text(text) => { td { (text) } }
                                    number => td.number.quiet[number.is_blank()] {
                                        (lists.link(number.claims(), &format!("{name}: {}", table.columns[*column].label), &number.to_string()))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if left > 0 { p.quiet { "“onrecord stats --table " (table.name) "” has all." } }
    }
}

/// What a row is about.
fn heading(row: &[Cell]) -> String {
    let words = row.iter().take(2).filter_map(|cell| match cell {
        Cell::Text(text) => Some(text.as_str()),
        Cell::Number(..) => None,
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Who stands where: a row an actor, a column an issue.
pub(super) fn stances(figures: &Statistics, lists: &mut Lists<'_>) -> Markup {
    if figures.stances.is_empty() {
        return html! {
            p { "No article says what its claims are about: that is for a person to mark, with " code { "on=" } " and " code { "stance=" } " on a claim." }
        };
    }
    let size = |cell: &ByStance| cell.iter().map(Vec::len).sum::<usize>();
    let most =
        |places: &dyn Fn(&(usize, usize, ByStance)) -> usize, all: usize, shown: usize| -> Vec<usize> {
            let mut counts = vec![0; all];
            for cell in &figures.stances {
                counts[places(cell)] += size(&cell.2);
            }
            let mut order: Vec<usize> = (0..all).filter(|at| counts[*at] > 0).collect();
            order.sort_by_key(|at| std::cmp::Reverse(counts[*at]));
            order.truncate(shown);
            order
        };
    let actors = most(&|cell| cell.0, figures.actors.len(), ROWS);
    let issues = most(&|cell| cell.1, figures.issues.len(), ISSUES);
    let cell = |actor: usize, issue: usize| {
        let at = figures.stances.binary_search_by_key(&(actor, issue), |cell| (cell.0, cell.1)).ok()?;
        Some(&figures.stances[at].2)
    };
    let looks = looks(&figures.vocabulary);
    let unannotated = figures.articles.iter().filter(|article| !article.annotated).count();
    html! {
        @if unannotated > 0 {
            p.quiet { "Of " (super::counted(unannotated, "article", "articles")) " that nobody annotated it is not known what claims are about; they have no part in this." }
        }
        p.key {
            @for look in &looks { span { span.stance.(look.class) { (look.sign) } " " (look.stance.label) } " " }
        }
        div.scroll tabindex="0" role="region" aria-label="Table: Claims of each actor on each issue" {
            table.matrix {
                caption {
                    "Claims of each actor on each issue"
                    @if issues.len() < figures.issues.len() { span.quiet { " (" (issues.len()) " of " (figures.issues.len()) " issues)" } }
                }
                thead { tr { th scope="col" { "actor" } @for issue in &issues { th scope="col" { (figures.issues[*issue].1) } } } }
                tbody {
                    @for actor in &actors {
                        tr {
                            th scope="row" { (figures.actors[*actor].name) }
                            @for issue in &issues {
                                td { @if let Some(found) = cell(*actor, *issue) { (position(figures, &looks, [*actor, *issue], found, lists)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A cell of the matrix: how often which stance, and a bar of them.
fn position(
    figures: &Statistics,
    looks: &[Look<'_>],
    [actor, issue]: [usize; 2],
    cell: &ByStance,
    lists: &mut Lists<'_>,
) -> Markup {
    let all: usize = cell.iter().map(Vec::len).sum();
    let mut at = 0;
    let segments: Vec<(&Look<'_>, &[u32], usize, usize)> = looks
        .iter()
        .zip(cell)
        .filter(|(_, claims)| !claims.is_empty())
        .map(|(look, claims)| {
            let from = 80 * at / all.max(1);
            at += claims.len();
            (look, claims.as_slice(), from, 80 * at / all.max(1) - from)
        })
        .collect();
    let (name, about) = (&figures.actors[actor].name, &figures.issues[issue].1);
    html! {
        div.position {
            @for (look, claims, ..) in &segments {
                @let title = format!("{name} on “{about}”: {}", look.stance.label);
                @let address = lists.address(claims, &title);
                a.stance.(look.class) href=[address] title=(title) {
                    span aria-hidden="true" { (look.sign) } span.hidden { (look.stance.label) " " } (claims.len())
                }
            }
            svg viewBox="0 0 80 6" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                @for (look, _, from, width) in &segments { rect.(look.class) x=(from) y="0" width=(width) height="6" {} }
            }
        }
    }
}
