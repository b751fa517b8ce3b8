//! The figures as tables, for a terminal, a spreadsheet, a program or a page.

use serde_json::{Map, Value, json};

use std::borrow::Cow;

use super::{Anonymity, Claims, Statistics};

/// A table of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// A word for it, for options and programs.
    pub name: &'static str,
    /// What it shows.
    pub title: &'static str,
    /// The heads of its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// A word for it, for programs.
    pub name: Cow<'static, str>,
    /// What a person reads.
    pub label: Cow<'static, str>,
}

impl From<&'static str> for Column {
    fn from(name: &'static str) -> Self {
        Self { name: name.into(), label: name.into() }
    }
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number and the claims it comes from; empty where it does not come from claims.
    Number(f64, Claims),
}

impl Cell {
    fn count(claims: &Claims) -> Self {
        Self::of(claims.len(), claims)
    }

    #[expect(clippy::cast_precision_loss, reason = "no corpus has so many claims")]
    fn of(count: usize, claims: &Claims) -> Self {
        Self::Number(count as f64, claims.clone())
    }

    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Whether it says nothing: no words, or nought.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Number(number, _) => *number == 0.0,
        }
    }

    /// The claims a number comes from.
    pub fn claims(&self) -> &[u32] {
        match self {
            Self::Text(_) => &[],
            Self::Number(_, claims) => claims,
        }
    }
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number, _) if number.fract() == 0.0 => write!(f, "{number:.0}"),
            Self::Number(number, _) => write!(f, "{number:.2}"),
        }
    }
}

impl Statistics {
    /// All tables.
    pub fn tables(&self) -> Vec<Table> {
        vec![
            self.summary(),
            self.sources_table(),
            self.actors_table(),
            self.stances_table(),
            self.network_table(),
            self.time_table(),
            self.stance_time_table(),
            self.outlets_table(),
        ]
    }

    fn summary(&self) -> Table {
        let annotated = self.articles.iter().filter(|article| article.annotated).count();
        let undated = self.articles.iter().filter(|article| article.date.is_none()).count();
        let row = |name: &str, cell: Cell| vec![Cell::text(name), cell];
        let plain = |count: usize| Cell::of(count, &Claims::new());
        Table {
            name: "summary",
            title: "All articles",
            columns: columns(&["what", "count"]),
            rows: vec![
                row("articles", plain(self.articles.len())),
                row("articles annotated", plain(annotated)),
                row("articles without a date", plain(undated)),
                row("actors with claims", plain(self.actors.len())),
                row("claims", Cell::count(&self.claims_where(|_| true))),
                row("claims nobody is on record for", Cell::count(&self.nobodys())),
                row("claims of sources without a name", Cell::count(&self.nameless())),
            ],
        }
    }

    fn sources_table(&self) -> Table {
        let mut rows = Vec::new();
        for source in super::CitedSource::ALL {
            let of = |anonymity| self.sources.get(&(source, anonymity)).cloned().unwrap_or_default();
            let all = self.claims_where(|claim| claim.source == source);
            if all.is_empty() {
                continue;
            }
            let mut row = vec![Cell::text(source.name()), Cell::count(&all)];
            row.extend(Anonymity::ALL.map(|anonymity| Cell::count(&of(Some(anonymity)))));
            rows.push(row);
        }
        Table {
            name: "sources",
            title: "Sources by kind, and how the articles name them",
            columns: [columns(&["kind", "claims"]), named()].concat(),
            rows,
        }
    }

    fn actors_table(&self) -> Table {
        let mut stances: Vec<super::ByStance> =
            vec![vec![Claims::new(); self.vocabulary.len()]; self.actors.len()];
        for (actor, _, cell) in &self.stances {
            for (all, some) in stances[*actor].iter_mut().zip(cell) {
                all.extend(some);
                all.sort_unstable();
            }
        }
        let row = |(actor, stances): (&super::ActorFigures, super::ByStance)| {
            let kind = actor.kind.map_or("", crate::actors::ActorKind::as_str);
            let mut row = vec![
                Cell::text(actor.name.as_str()),
                Cell::text(kind),
                Cell::text(actor.id.as_str()),
                Cell::count(&actor.claims),
                Cell::of(actor.articles, &actor.claims),
            ];
            row.extend(stances.iter().map(Cell::count));
            row
        };
        Table {
            name: "actors",
            title: "Actors by claims",
            columns: [columns(&["actor", "kind", "id", "claims", "articles"]), self.stance_columns()]
                .concat(),
            rows: self.actors.iter().zip(stances).map(row).collect(),
        }
    }

    /// A column for each stance.
    fn stance_columns(&self) -> Vec<Column> {
        let column = |stance: &super::Stance| Column {
            name: stance.name.clone().into(),
            label: stance.label.clone().into(),
        };
        self.vocabulary.iter().map(column).collect()
    }

    fn stances_table(&self) -> Table {
        let row = |(actor, issue, cell): &(usize, usize, super::ByStance)| {
            let mut row = vec![
                Cell::text(self.actors[*actor].name.as_str()),
                Cell::text(self.issues[*issue].1.as_str()),
            ];
            row.extend(cell.iter().map(Cell::count));
            row
        };
        Table {
            name: "stances",
            title: "Who stands where, by issue",
            columns: [columns(&["actor", "issue"]), self.stance_columns()].concat(),
            rows: self.stances.iter().map(row).collect(),
        }
    }

    fn network_table(&self) -> Table {
        let mut ties: Vec<&super::Tie> = self.network.iter().collect();
        ties.sort_by(|a, b| b.normalised().abs().total_cmp(&a.normalised().abs()));
        let name = |actor: usize| Cell::text(self.actors[actor].name.as_str());
        let row = |tie: &super::Tie| {
            let both = [tie.agreeing.as_slice(), &tie.disagreeing].concat();
            vec![
                name(tie.actors[0]),
                name(tie.actors[1]),
                Cell::of(tie.congruence, &tie.agreeing),
                Cell::of(tie.conflict, &tie.disagreeing),
                Cell::Number(tie.subtract(), both.clone()),
                Cell::Number(tie.normalised(), both),
            ]
        };
        Table {
            name: "network",
            title: "Discourse network: who agrees with whom",
            columns: columns(&["actor", "other", "congruence", "conflict", "subtract", "normalised"]),
            rows: ties.into_iter().map(row).collect(),
        }
    }

    fn time_table(&self) -> Table {
        let row = |period: &super::Period| {
            let mut row = vec![
                Cell::text(period.name.as_str()),
                Cell::of(period.articles, &period.claims),
                Cell::count(&period.claims),
            ];
            row.extend(self.by_name(&period.claims));
            row
        };
        Table {
            name: "time",
            title: "Claims over time, and how their sources are named",
            columns: [columns(&["period", "articles", "claims"]), named(), columns(&["nobody"])].concat(),
            rows: self.periods.iter().map(row).collect(),
        }
    }

    fn stance_time_table(&self) -> Table {
        let mut rows = Vec::new();
        for (id, label) in &self.issues {
            for period in &self.periods {
                let of = |stance: &super::Stance| -> Claims {
                    let claims = period.claims.iter().copied();
                    let is = |number: &u32| {
                        self.claim(*number).is_some_and(|(_, claim)| {
                            claim.stance.as_ref() == Some(&stance.name) && claim.issue.as_ref() == Some(id)
                        })
                    };
                    claims.filter(is).collect()
                };
                let counts: Vec<Claims> = self.vocabulary.iter().map(of).collect();
                if counts.iter().all(Vec::is_empty) {
                    continue;
                }
                let mut row = vec![Cell::text(label.as_str()), Cell::text(period.name.as_str())];
                row.extend(counts.iter().map(Cell::count));
                rows.push(row);
            }
        }
        Table {
            name: "stance-time",
            title: "Stances over time, by issue",
            columns: [columns(&["issue", "period"]), self.stance_columns()].concat(),
            rows,
        }
    }

    fn outlets_table(&self) -> Table {
        let row = |outlet: &super::OutletFigures| {
            let mut row = vec![
                Cell::text(outlet.name.as_deref().unwrap_or("not given")),
                Cell::of(outlet.articles, &outlet.claims),
                Cell::count(&outlet.claims),
            ];
            row.extend(self.by_name(&outlet.claims));
            row
        };
        Table {
            name: "outlets",
            title: "Articles by outlet",
            columns: [columns(&["outlet", "articles", "claims"]), named(), columns(&["nobody"])].concat(),
            rows: self.outlets.iter().map(row).collect(),
        }
    }

    /// Of `claims` those of each anonymity, then those nobody is on record for.
    fn by_name(&self, claims: &Claims) -> impl Iterator<Item = Cell> {
        let mut out = vec![Claims::new(); Anonymity::ALL.len() + 1];
        for number in claims {
            let Some((_, claim)) = self.claim(*number) else { continue };
            match claim.anonymity {
                Some(anonymity) => out[anonymity as usize].push(*number),
                None if claim.source.is_nobody() => out[Anonymity::ALL.len()].push(*number),
                None => {}
            }
        }
        out.into_iter().map(|claims| Cell::count(&claims))
    }

    /// The figures as JSON: the articles, the claims, and the tables `tables`, whose numbers name their claims by index.
    pub fn to_json(&self, tables: &[Table]) -> Value {
        let claims = self.claims.iter().map(|(article, claim)| {
            let mut row = json!(claim);
            row["path"] = json!(self.articles[*article].path);
            row["actors"] = claim.actors.iter().map(|actor| json!(actor.id)).collect();
            row
        });
        let claims: Vec<Value> = claims.collect();
        let cell = |cell: &Cell| match cell {
            Cell::Text(text) => json!(text),
            Cell::Number(value, claims) => json!({ "value": value, "claims": claims }),
        };
        let named = tables.iter().map(|table| {
            let row = |row: &Vec<Cell>| -> Value {
                let cells = table.columns.iter().zip(row);
                cells
                    .map(|(column, of)| (column.name.clone().into_owned(), cell(of)))
                    .collect::<Map<_, _>>()
                    .into()
            };
            (table.name.to_owned(), table.rows.iter().map(row).collect::<Value>())
        });
        json!({ "articles": self.articles, "claims": claims, "tables": named.collect::<Map<_, _>>() })
    }
}

fn columns(names: &[&'static str]) -> Vec<Column> {
    names.iter().map(|name| Column::from(*name)).collect()
}

/// A column for each anonymity.
fn named() -> Vec<Column> {
    Anonymity::ALL.map(|anonymity| Column::from(anonymity.name())).to_vec()
}
