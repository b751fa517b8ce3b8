//! A database of DNA as articles.

use std::io::Cursor;

use rusqlite::{Connection, MAIN_DB};
use rustc_hash::FxHashMap;

use super::{DAY, EPOCH, SPAN, STATEMENT, Sides, agreement, is_claim, stance};
use crate::actors::{ActorKind, slug};
use crate::article::Header;
use crate::exchange::annotations::{Offsets, from_attributes};
use crate::exchange::intake::{Intake, KnownActor};
use crate::exchange::{AnnotatedSpan, Annotations, Imported};
use crate::text::TextRange;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub(in crate::exchange) enum DnaError {
    /// It is no database, or one without the tables.
    #[error("this is no database of DNA: {0}")]
    Database(#[from] rusqlite::Error),
    /// Another version wrote it.
    #[error("this is a database of a version of DNA that is not known here; those of 2.0 and 3.0 are")]
    Version,
    /// A statement lies outside its document.
    #[error("statement {0} of document '{1}': {2}")]
    Place(i64, String, String),
}

/// The version of DNA that wrote a database, as far as the tables differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    /// Values of short texts stand at their statements, attributes of entities in fixed columns of their own table, and
    /// days are milliseconds of midnight in the coder's time zone.
    Two,
    /// Entities have a table, and so have their attributes; days are seconds.
    Three,
}

/// A document as it stands in the database.
struct Document {
    id: i64,
    title: String,
    text: String,
    author: String,
    source: String,
    notes: String,
    /// Days from [`EPOCH`].
    day: i64,
}

/// A statement: its id, the label of its type, and its place.
struct Statement {
    id: i64,
    kind: String,
    start: usize,
    stop: usize,
}

/// The values of the variables of each statement, by its id.
type Values = FxHashMap<i64, Vec<(String, String)>>;

/// A person or an organization that was coded, with its attributes by name.
pub(in crate::exchange) struct Entity {
    /// The variable it is a value of: `person`, `organization`.
    pub(in crate::exchange) variable: String,
    pub(in crate::exchange) name: String,
    pub(in crate::exchange) attributes: Vec<(String, String)>,
}

/// The persons and organizations of a database, in the order of their ids; empty names are left out.
pub(in crate::exchange) fn entities(file: &[u8]) -> Result<Vec<Entity>, DnaError> {
    let (database, version) = open(file)?;
    let (entities, attributes) = match version {
        Version::Two => (
            "ATTRIBUTES",
            "SELECT ID, 'Type' AS Name, Type AS Value, 1 AS Place FROM ATTRIBUTES
             UNION ALL SELECT ID, 'Alias', Alias, 2 FROM ATTRIBUTES UNION ALL SELECT ID, 'Notes', Notes, 3 FROM ATTRIBUTES",
        ),
        Version::Three => (
            "ENTITIES",
            "SELECT t.EntityId AS ID, a.AttributeVariable AS Name, t.AttributeValue AS Value, a.ID AS Place
             FROM ATTRIBUTEVALUES t JOIN ATTRIBUTEVARIABLES a ON a.ID = t.AttributeVariableId",
        ),
    };
    let mut query = database.prepare(&format!(
        "SELECT e.ID, v.Variable, e.Value, a.Name, a.Value FROM {entities} e
         JOIN VARIABLES v ON v.ID = e.VariableId LEFT JOIN ({attributes}) a ON a.ID = e.ID AND a.Value != ''
         WHERE v.Variable IN ('person', 'organization') AND e.Value != '' ORDER BY e.ID, a.Place"
    ))?;
    let mut rows = query.query([])?;
    let mut out: Vec<(i64, Entity)> = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if out.last().is_none_or(|(last, _)| *last != id) {
            let entity = Entity { variable: row.get(1)?, name: row.get(2)?, attributes: Vec::new() };
            out.push((id, entity));
        }
        let attribute = row.get::<_, Option<String>>(3)?.zip(row.get(4)?);
        if let (Some((_, entity)), Some(attribute)) = (out.last_mut(), attribute) {
            entity.attributes.push(attribute);
        }
    }
    Ok(out.into_iter().map(|(_, entity)| entity).collect())
}

/// The database `file`, if it is one of a version that is known.
fn open(file: &[u8]) -> Result<(Connection, Version), DnaError> {
    let mut database = Connection::open_in_memory()?;
    database.deserialize_read_exact(MAIN_DB, Cursor::new(file), file.len(), true)?;
    let has = |table: &str, columns: &[&str]| -> Result<bool, DnaError> {
        let mut query = database.prepare("SELECT name FROM pragma_table_info(?1)")?;
        let names: Vec<String> = query.query_map([table], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(columns.iter().all(|column| names.iter().any(|name| name == column)))
    };
    let version = if has("DATASHORTTEXT", &["VariableId", "Entity"])? {
        Version::Three
    } else if has("DATASHORTTEXT", &["VariableId", "Value"])?
        && has("ATTRIBUTES", &["VariableId", "Value", "Type", "Alias", "Notes"])?
        && has("STATEMENTS", &["StatementTypeId", "DocumentId"])?
    {
        Version::Two
    } else {
        let any = "SELECT COUNT(*) FROM DOCUMENTS";
        database.query_row(any, [], |row| row.get::<_, i64>(0))?;
        return Err(DnaError::Version);
    };
    Ok((database, version))
}

/// The articles of a database.
pub(in crate::exchange) fn read(file: &[u8], sides: &Sides) -> Result<Vec<Imported>, DnaError> {
    let (database, version) = open(file)?;
    let values = values(&database, version)?;
    let mut statements: FxHashMap<i64, Vec<Statement>> = FxHashMap::default();
    let mut query = database.prepare(
        "SELECT s.ID, t.Label, s.DocumentId, s.Start, s.Stop FROM STATEMENTS s
         JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId ORDER BY s.ID",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let place = |at: i64| usize::try_from(at).unwrap_or(usize::MAX);
        let (start, stop) = (place(row.get(3)?), place(row.get(4)?));
        let statement = Statement { id: row.get(0)?, kind: row.get(1)?, start, stop };
        statements.entry(row.get(2)?).or_default().push(statement);
    }
    let mut query = database.prepare(
        "SELECT ID, COALESCE(Title, ''), COALESCE(Text, ''), COALESCE(Author, ''), COALESCE(Source, ''),
         COALESCE(Notes, ''), COALESCE(Date, 0) FROM DOCUMENTS ORDER BY ID",
    )?;
    let documents = query.query_map([], |row| {
        Ok(Document {
            id: row.get(0)?,
            title: row.get(1)?,
            text: row.get(2)?,
            author: row.get(3)?,
            source: row.get(4)?,
            notes: row.get(5)?,
            day: version.day(row.get(6)?),
        })
    })?;
    let mut out: Vec<Imported> = Vec::new();
    for document in documents {
        let document = document?;
        let statements = statements.remove(&document.id).unwrap_or_default();
        let mut read = document.read(&statements, &values, sides)?;
        // Headlines may be the same, files may not.
        let name = &mut read.annotations.name;
        let same = out.iter().filter(|other| other.annotations.name == *name).count();
        if same > 0 {
            *name = format!("{name}-{}", document.id);
        }
        out.push(read);
    }
    Ok(out)
}

impl Version {
    /// The day of a document's `date`, in days from [`EPOCH`]. Without the coder's time zone, the nearest midnight is
    /// the one that is meant.
    fn day(self, date: i64) -> i64 {
        match self {
            Self::Two => date.div_euclid(1000).saturating_add(DAY / 2).div_euclid(DAY),
            Self::Three => date.div_euclid(DAY),
        }
    }
}

fn values(database: &Connection, version: Version) -> rusqlite::Result<Values> {
    let mut out = Values::default();
    let short = match version {
        Version::Two => "d.Value FROM DATASHORTTEXT d JOIN VARIABLES v ON v.ID = d.VariableId",
        Version::Three => {
            "e.Value FROM DATASHORTTEXT d JOIN VARIABLES v ON v.ID = d.VariableId JOIN ENTITIES e ON e.ID = d.Entity"
        }
    };
    let mut query = database.prepare(&format!(
        "SELECT d.StatementId, v.Variable, {short}
         UNION ALL SELECT d.StatementId, v.Variable, d.Value FROM DATALONGTEXT d
           JOIN VARIABLES v ON v.ID = d.VariableId
         UNION ALL SELECT d.StatementId, v.Variable, CAST(d.Value AS TEXT) FROM DATABOOLEAN d
           JOIN VARIABLES v ON v.ID = d.VariableId
         UNION ALL SELECT d.StatementId, v.Variable, CAST(d.Value AS TEXT) FROM DATAINTEGER d
           JOIN VARIABLES v ON v.ID = d.VariableId"
    ))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let value: Option<String> = row.get(2)?;
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            out.entry(row.get(0)?).or_default().push((row.get(1)?, value));
        }
    }
    Ok(out)
}

/// What the header of an article declares, and what of it stood in the document already.
struct Declared<'a> {
    actors: Vec<KnownActor>,
    on: Vec<(String, String)>,
    /// Whether the header is the document's own, which stays as it is.
    kept: bool,
    sides: &'a Sides,
}

impl Document {
    fn read(&self, statements: &[Statement], values: &Values, sides: &Sides) -> Result<Imported, DnaError> {
        let kept = !self.notes.is_empty() && {
            let header = Header::parse(&format!("{}{}", self.notes, self.text));
            header.form.is_some() && usize::from(header.range.end()) == self.notes.len()
        };
        let mut lost = Vec::new();
        let mut declared = Declared { actors: Vec::new(), on: Vec::new(), kept, sides };
        if kept {
            let header = Header::parse(&self.notes);
            declared.on = header.on.iter().map(|(id, label)| (id.text.clone(), label.text.clone())).collect();
        }
        let offsets = Offsets::utf16(&self.text);
        let mut spans: Vec<AnnotatedSpan> = Vec::new();
        let none = Vec::new();
        let place = |statement: &Statement| {
            let range = offsets.range(statement.start, statement.stop);
            range.map_err(|error| DnaError::Place(statement.id, self.title.clone(), error))
        };
        for statement in statements.iter().filter(|statement| statement.kind == SPAN) {
            let own = values.get(&statement.id).unwrap_or(&none);
            let own = own.iter().find_map(|(variable, value)| {
                (variable == "attributes").then(|| from_attributes(value)).flatten()
            });
            match own {
                Some(span) => spans.push(AnnotatedSpan { range: place(statement)?, ..span }),
                None => lost.push(format!("statement {} has no attributes as a span has them", statement.id)),
            }
        }
        let known = spans.len();
        for statement in statements.iter().filter(|statement| statement.kind != SPAN) {
            let values = values.get(&statement.id).unwrap_or(&none);
            declared.take(&mut spans, known, place(statement)?, values);
            let unheld = values.iter().filter(|(variable, _)| {
                statement.kind != STATEMENT
                    && !["person", "organization", "concept", "agreement"].contains(&variable.as_str())
            });
            lost.extend(unheld.map(|(variable, value)| {
                format!("statement {}: '{variable}' ({value}) has no place in an article", statement.id)
            }));
        }
        let head = if kept {
            self.notes.clone()
        } else {
            self.header().front_matter(&declared.actors, &declared.on)
        };
        if kept {
            for actor in &declared.actors {
                lost.push(format!(
                    "'{}' goes by the id '{}', which the header does not declare",
                    actor.name, actor.id
                ));
            }
        } else if !self.notes.trim().is_empty() {
            lost.push("the notes of the document have no place in an article".to_owned());
        }
        let moved = crate::text::size(head.len());
        for span in &mut spans {
            span.range += moved;
        }
        let name = if kept { self.title.clone() } else { self.header().name("document") };
        let mut annotations = Annotations::of_text(&name, format!("{head}{}", self.text));
        annotations.spans = spans;
        annotations.sort();
        Ok(Imported { annotations, lost })
    }

    /// What the document says of itself.
    fn header(&self) -> Intake {
        let some = |words: &str| Some(words.to_owned()).filter(|words| !words.trim().is_empty());
        let days = jiff::Span::new().try_days(self.day);
        Intake {
            title: some(&self.title),
            byline: some(&self.author),
            outlet: some(&self.source),
            date: days.ok().and_then(|days| EPOCH.checked_add(days).ok()),
            ..Intake::default()
        }
    }
}

impl Declared<'_> {
    /// Puts a statement at `range` among `spans`, of which the first `known` were spans before: as it is
    /// there, as a change of one, or as a new claim.
    fn take(
        &mut self,
        spans: &mut Vec<AnnotatedSpan>,
        known: usize,
        range: TextRange,
        values: &[(String, String)],
    ) {
        let value =
            |name: &str| values.iter().find(|(variable, _)| variable == name).map(|(_, value)| value.trim());
        let concept = value("concept").map(|label| self.issue(label));
        let agreed = value("agreement").map(|value| value != "0");
        let side = agreed.map(|agreed| stance(agreed, self.sides));
        // Which side a stance takes that is in no vocabulary here only the one who wrote it knows.
        let is_unknown = |span: &AnnotatedSpan| {
            span.value("stance").is_some_and(|name| !self.sides.iter().any(|(known, _)| known == name))
        };
        let says = |span: &AnnotatedSpan| {
            let same = agreement(span, self.sides) == agreed;
            span.value("on") == concept.as_deref() && (same || is_unknown(span))
        };
        let here = |span: &AnnotatedSpan| span.range == range && is_claim(span);
        if spans.iter().take(known).any(|span| here(span) && says(span)) {
            return;
        }
        if let Some(span) = spans.iter_mut().take(known).find(|span| here(span)) {
            for (key, value) in [("on", concept.as_deref()), ("stance", side)] {
                if let Some(value) = value {
                    span.set(key, value);
                }
            }
            return;
        }
        let by = self.speaker(value("person"), value("organization"));
        if let Some(span) = spans.iter_mut().skip(known).find(|span| here(span) && says(span)) {
            if let Some(by) = by.filter(|by| !span.values("by").any(|id| id == by)) {
                span.set("by", &format!("{} {by}", span.value("by").unwrap_or_default()));
            }
            return;
        }
        let mut claim =
            AnnotatedSpan { classes: vec!["claim".to_owned()], range, ..AnnotatedSpan::default() };
        for (key, value) in [("by", by.as_deref()), ("on", concept.as_deref()), ("stance", side)] {
            if let Some(value) = value {
                claim.set(key, value);
            }
        }
        spans.push(claim);
    }

    /// The id of a concept.
    fn issue(&mut self, label: &str) -> String {
        if let Some((id, _)) = self.on.iter().find(|(id, known)| known == label || id == label) {
            return id.clone();
        }
        let id = slug(label);
        if !self.kept {
            self.on.push((id.clone(), label.to_owned()));
        }
        id
    }

    /// The id of who makes a statement; a person's organization stands in the note about the person.
    fn speaker(&mut self, person: Option<&str>, organization: Option<&str>) -> Option<String> {
        let (name, kind) = match (person, organization) {
            (Some(person), _) => (person, ActorKind::Person),
            (None, Some(organization)) => (organization, ActorKind::Organisation),
            (None, None) => return None,
        };
        let id = slug(name);
        let note = person.and(organization).map(|organization| format!("For {organization}."));
        if !self.actors.iter().any(|actor| actor.id == id) {
            self.actors.push(KnownActor { id: id.clone(), name: name.to_owned(), kind, note });
        }
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::annotations::annotated_articles;
    use crate::exchange::{CorpusFormat, ExportedCorpus};
    use crate::stance::stance_sides;

    fn exported(articles: &[Annotations]) -> ExportedCorpus {
        CorpusFormat::Dna.export(articles, &[]).unwrap()
    }

    const ARTICLE: &str = "---\ndate: 2026-03-02\nactors:\n  council: {name: Town Council, kind: organisation}\n  lee: {name: Ann Lee, kind: person}\non:\n  pier: Closing the pier\n---\n😀 [Ann Lee]{#s .source ref=lee} [says]{.cue for=c1} [the pier should stay]{#c1 .claim by=s on=pier stance=oppose}; [close it]{.claim by=council on=pier stance=support}.\n";

    #[test]
    fn articles_come_back_from_a_database_as_they_were_but_for_empty_spans() {
        let before: Vec<Annotations> = annotated_articles()
            .iter()
            .map(|(path, article)| {
                let mut read = Annotations::read(path, article);
                read.spans.retain(|span| !span.range.is_empty());
                read
            })
            .collect();
        let exported = exported(&before);
        let after = read(&exported.files[0].bytes, &stance_sides(&[])).unwrap();
        assert_eq!(after.len(), before.len());
        for (after, before) in after.iter().zip(&before) {
            assert_eq!(&after.annotations, before);
            assert!(after.lost.is_empty(), "{:?}", after.lost);
        }
    }

    #[test]
    fn a_claim_for_or_against_something_is_a_statement() {
        let article = Annotations::read("pier", ARTICLE);
        let exported = CorpusFormat::DnaCsv.export(&[article], &[]).unwrap();
        let table = String::from_utf8(exported.files[0].bytes.clone()).unwrap();
        let rows: Vec<&str> = table.lines().skip(1).collect();
        assert_eq!(
            rows,
            [
                "1;2026-03-02 00:00:00;1;pier;;;;;Ann Lee;;Closing the pier;0",
                "2;2026-03-02 00:00:00;1;pier;;;;;;Town Council;Closing the pier;1",
            ]
        );
        assert!(exported.lost.is_empty(), "{:?}", exported.lost);
    }

    /// The database of [`ARTICLE`] after `sql`.
    fn after(sql: &str) -> Vec<u8> {
        let mut database = Connection::open_in_memory().unwrap();
        let file = exported(&[Annotations::read("pier", ARTICLE)]).files[0].bytes.clone();
        database.deserialize_read_exact(MAIN_DB, Cursor::new(&file), file.len(), false).unwrap();
        database.execute_batch(sql).unwrap();
        database.serialize(MAIN_DB).unwrap().to_vec()
    }

    #[test]
    fn persons_and_organizations_have_the_attributes_that_were_coded() {
        let file = after(
            "INSERT INTO ENTITIES(ID, VariableId, Value) VALUES (900, 2, 'Anglers of the Pier');
             INSERT INTO ATTRIBUTEVARIABLES(ID, VariableId, AttributeVariable) VALUES (90, 2, 'Type'), (91, 2, 'Notes');
             INSERT INTO ATTRIBUTEVALUES(EntityId, AttributeVariableId, AttributeValue)
               VALUES (900, 90, 'group'), (900, 91, 'Since 1902.');",
        );
        let actors = crate::exchange::read_dna_actors(&file).unwrap();
        let pier = actors.iter().find(|actor| actor.name == "Anglers of the Pier").unwrap();
        assert_eq!((&*pier.id, &*pier.note), ("group/anglers-of-the-pier", "Since 1902."));
        assert!(actors.len() > 1 && actors.iter().all(|actor| !actor.name.is_empty()));
        assert!(actors.iter().any(|actor| actor.kind == ActorKind::Person));
        assert!(crate::exchange::read_dna_actors(b"SQLite format 3\0 and no more").is_err());
    }

    #[test]
    fn what_was_coded_in_dna_becomes_claims_with_actors_and_issues_in_the_header() {
        let file = after(
            "DELETE FROM DATALONGTEXT; DELETE FROM STATEMENTS WHERE StatementTypeId = 2; UPDATE DOCUMENTS SET Notes = '', Title = 'Pier to stay';
             INSERT INTO ENTITIES(VariableId, Value) VALUES (2, 'Friends of the Pier');
             UPDATE DATASHORTTEXT SET Entity = (SELECT ID FROM ENTITIES WHERE Value = 'Friends of the Pier')
               WHERE VariableId = 2 AND StatementId = (SELECT MIN(ID) FROM STATEMENTS);",
        );
        let read = read(&file, &stance_sides(&[])).unwrap();
        assert_eq!(read[0].annotations.name, "pier-to-stay");
        assert_eq!(
            read[0].annotations.write().article,
            "---\ndate: 2026-03-02\ntitle: Pier to stay\nactors:\n  ann-lee:\n    name: Ann Lee\n    kind: person\n    note: Friends of the Pier\n  town-council:\n    name: Town Council\n    kind: organisation\non:\n  closing-the-pier: Closing the pier\n---\n😀 Ann Lee says [the pier should stay]{.claim by=ann-lee on=closing-the-pier stance=oppose}; [close it]{.claim by=town-council on=closing-the-pier stance=support}.\n"
                .replace("note: Friends of the Pier", "note: For Friends of the Pier.")
        );
    }

    /// The tables of DNA 2.0 with what is in those of 3.0; days as a coder two hours east of Greenwich has them.
    const TWO: &str = "
        CREATE TABLE ATTRIBUTES(ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT, Red INTEGER, Green INTEGER, Blue INTEGER,
            Type TEXT, Alias TEXT, Notes TEXT, ChildOf INTEGER);
        INSERT INTO ATTRIBUTES SELECT ID, VariableId, Value, Red, Green, Blue, '', NULL, '', NULL FROM ENTITIES;
        UPDATE ATTRIBUTES SET Type = 'group', Notes = 'Since 1902.' WHERE Value = 'Town Council';
        CREATE TABLE SHORT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value TEXT);
        INSERT INTO SHORT SELECT d.ID, d.StatementId, d.VariableId, e.Value FROM DATASHORTTEXT d JOIN ENTITIES e ON e.ID = d.Entity;
        DROP TABLE DATASHORTTEXT; ALTER TABLE SHORT RENAME TO DATASHORTTEXT;
        DROP TABLE ATTRIBUTEVALUES; DROP TABLE ATTRIBUTEVARIABLES; DROP TABLE ENTITIES;
        DELETE FROM DATALONGTEXT; DELETE FROM STATEMENTS WHERE StatementTypeId = 2;
        UPDATE DOCUMENTS SET Notes = '', Title = 'Pier to stay', Date = (Date - 7200) * 1000;";

    #[test]
    fn databases_of_the_version_before_are_read_too() {
        let file = after(TWO);
        let article = read(&file, &stance_sides(&[])).unwrap()[0].annotations.write().article;
        let (header, body) = article.rsplit_once("---\n").unwrap();
        assert!(
            header.starts_with("---\ndate: 2026-03-02\ntitle: Pier to stay\nactors:\n  ann-lee:\n"),
            "{header}"
        );
        assert_eq!(
            body,
            "😀 Ann Lee says [the pier should stay]{.claim by=ann-lee on=closing-the-pier stance=oppose}; [close it]{.claim by=town-council on=closing-the-pier stance=support}.\n"
        );
        let actors = crate::exchange::read_dna_actors(&file).unwrap();
        let council = actors.iter().find(|actor| actor.name == "Town Council").unwrap();
        assert_eq!((council.kind, &*council.note), (ActorKind::Group, "Since 1902."));
    }

    #[test]
    fn a_stance_changed_in_dna_is_changed_in_the_article() {
        let read = read(&after("UPDATE DATABOOLEAN SET Value = 1"), &stance_sides(&[])).unwrap();
        let before = Annotations::read("pier", ARTICLE).write().article;
        assert_eq!(read[0].annotations.write().article, before.replace("stance=oppose", "stance=support"));
    }

    #[test]
    fn a_file_of_another_kind_or_version_is_an_error() {
        let error = |file: &[u8]| read(file, &stance_sides(&[])).unwrap_err().to_string();
        assert!(error(b"no database at all, only words").starts_with("this is no database of DNA"));
        let old = after("ALTER TABLE DATASHORTTEXT RENAME COLUMN Entity TO Value");
        assert!(error(&old).contains("those of 2.0 and 3.0"));
        let outside = after("UPDATE STATEMENTS SET Stop = 9999");
        assert!(
            error(&outside).contains("of document 'pier': the span 18 to 9999 lies outside the text")
                || error(&outside).contains("lies outside the text"),
            "{}",
            error(&outside)
        );
    }
}
