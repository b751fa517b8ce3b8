//! What fixes would change, as it is printed.

use std::path::Path;

use similar::TextDiff;

/// What becomes of `before` as a unified diff; nothing when nothing does.
pub(super) fn diff(path: &Path, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let path = path.display().to_string();
    TextDiff::from_lines(before, after).unified_diff().header(&path, &path).to_string()
}
