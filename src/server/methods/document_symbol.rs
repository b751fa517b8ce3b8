//! `textDocument/documentSymbol`.

use tower_lsp::ls_types::{DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation};

use super::Reading;
use crate::ide::{self, Symbol};
use crate::server::to_proto;

/// The outline: a tree, or for a client without trees a list in which each entry names its parent.
pub(super) fn document_symbol(reading: &Reading<'_>) -> DocumentSymbolResponse {
    let symbols = ide::symbols(reading.analysis);
    if reading.support.nested_symbols {
        return DocumentSymbolResponse::Nested(nested(reading, symbols));
    }
    let mut list = Vec::new();
    flatten(reading, symbols, None, &mut list);
    DocumentSymbolResponse::Flat(list)
}

#[expect(deprecated, reason = "the type has the field still")]
fn nested(reading: &Reading<'_>, symbols: Vec<Symbol>) -> Vec<DocumentSymbol> {
    let convert = |symbol: Symbol| DocumentSymbol {
        name: symbol.name,
        detail: Some(symbol.detail).filter(|detail| !detail.is_empty()),
        kind: to_proto::symbol_kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: reading.range(symbol.range),
        selection_range: reading.range(symbol.selection),
        children: Some(nested(reading, symbol.children)).filter(|children| !children.is_empty()),
    };
    symbols.into_iter().map(convert).collect()
}

#[expect(deprecated, reason = "the type has the field still")]
fn flatten(
    reading: &Reading<'_>,
    symbols: Vec<Symbol>,
    parent: Option<&str>,
    out: &mut Vec<SymbolInformation>,
) {
    for symbol in symbols {
        let name = symbol.name;
        out.push(SymbolInformation {
            name: name.clone(),
            kind: to_proto::symbol_kind(symbol.kind),
            tags: None,
            deprecated: None,
            location: Location { uri: reading.snapshot.uri().clone(), range: reading.range(symbol.range) },
            container_name: parent.map(str::to_owned),
        });
        flatten(reading, symbol.children, Some(&name), out);
    }
}
