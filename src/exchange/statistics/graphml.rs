//! The discourse network as `GraphML`, for Gephi, visone, igraph, networkx.

use std::fmt::Write as _;

use super::super::xml::escaped;
use super::Statistics;
use crate::stance::Side;

/// The data of nodes and edges: id, whose it is, name, type.
const KEYS: [(&str, &str, &str, &str); 12] = [
    ("label", "node", "label", "string"),
    ("mode", "node", "mode", "string"),
    ("kind", "node", "kind", "string"),
    ("claims", "node", "claims", "int"),
    ("tie", "edge", "tie", "string"),
    ("sign", "edge", "sign", "int"),
    ("stance", "edge", "stance", "string"),
    ("weight", "edge", "weight", "double"),
    ("congruence", "edge", "congruence", "int"),
    ("conflict", "edge", "conflict", "int"),
    ("subtract", "edge", "subtract", "double"),
    ("normalised", "edge", "normalised", "double"),
];

impl Statistics {
    /// Actors and issues as nodes (`mode` says which), and two kinds of edges (`tie`). A `stance` leads from
    /// an actor to an issue: its `sign` is 1 where the actor is for it, -1 against it, 0 where it is on no
    /// side or on both; `weight` counts the claims. A `congruence` or `conflict` joins two actors who take
    /// the same side of an issue, or opposite sides, as the table `network` counts them; `sign` and `weight`
    /// are those of `subtract`.
    pub fn to_graphml(&self) -> String {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
        );
        for (id, of, name, kind) in KEYS {
            let _ =
                writeln!(out, "  <key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
        }
        out += "  <graph id=\"discourse\" edgedefault=\"undirected\">\n";
        for (at, actor) in self.actors.iter().enumerate() {
            let kind = actor.kind.map(crate::actors::ActorKind::as_str);
            let claims = actor.claims.len().to_string();
            let data = [
                ("label", Some(actor.name.as_str())),
                ("mode", Some("actor")),
                ("kind", kind),
                ("claims", Some(claims.as_str())),
            ];
            element(&mut out, &format!("node id=\"a{at}\""), &data);
        }
        for (at, (id, label)) in self.issues.iter().enumerate() {
            let about = self.claims_where(|claim| claim.issue.as_ref() == Some(id)).len().to_string();
            let data =
                [("label", Some(label.as_str())), ("mode", Some("issue")), ("claims", Some(about.as_str()))];
            element(&mut out, &format!("node id=\"i{at}\""), &data);
        }
        for (actor, issue, cell) in &self.stances {
            let has = |side| !self.on_side(cell, side).is_empty();
            let sign = i32::from(has(Side::For)) - i32::from(has(Side::Against));
            let taken = self.vocabulary.iter().zip(cell).filter(|(_, claims)| !claims.is_empty());
            let taken: Vec<&str> = taken.map(|(stance, _)| stance.name.as_str()).collect();
            let weight = cell.iter().map(Vec::len).sum::<usize>().to_string();
            let (sign, taken) = (sign.to_string(), taken.join(" "));
            let data = [
                ("tie", Some("stance")),
                ("sign", Some(sign.as_str())),
                ("stance", Some(taken.as_str())),
                ("weight", Some(weight.as_str())),
            ];
            element(&mut out, &format!("edge source=\"a{actor}\" target=\"i{issue}\""), &data);
        }
        for tie in &self.network {
            let subtract = tie.subtract();
            let of = if tie.congruence >= tie.conflict { "congruence" } else { "conflict" };
            let sign = (i32::from(subtract > 0.0) - i32::from(subtract < 0.0)).to_string();
            let [congruence, conflict] = [tie.congruence, tie.conflict].map(|count| count.to_string());
            let [weight, subtract, normalised] =
                [subtract.abs(), subtract, tie.normalised()].map(|number| number.to_string());
            let data = [
                ("tie", Some(of)),
                ("sign", Some(sign.as_str())),
                ("weight", Some(weight.as_str())),
                ("congruence", Some(congruence.as_str())),
                ("conflict", Some(conflict.as_str())),
                ("subtract", Some(subtract.as_str())),
                ("normalised", Some(normalised.as_str())),
            ];
            let [one, other] = tie.actors;
            element(&mut out, &format!("edge source=\"a{one}\" target=\"a{other}\""), &data);
        }
        out + "  </graph>\n</graphml>\n"
    }
}

/// A node or an edge with its data.
fn element(out: &mut String, tag: &str, data: &[(&str, Option<&str>)]) {
    let name = tag.split(' ').next().unwrap_or(tag);
    let _ = write!(out, "    <{tag}>");
    for (key, value) in data {
        if let Some(value) = value {
            let _ = write!(out, "<data key=\"{key}\">{}</data>", escaped(value));
        }
    }
    let _ = writeln!(out, "</{name}>");
}
