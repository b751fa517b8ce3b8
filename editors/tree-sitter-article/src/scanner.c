// What an article's grammar cannot say with one character of lookahead: a bracket opens a span only
// where its partner is followed by attributes, a comment and front matter only where they are closed.
// All looking ahead ends with the paragraph. There is no state.

#include "tree_sitter/parser.h"

enum Token {
  FRONT_MATTER_OPEN,
  WIRE_OPEN,
  SPAN_OPEN,
  SPAN_CLOSE,
  COMMENT_OPEN,
  ERROR_SENTINEL,
};

static inline void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static bool is_blank(int32_t c) { return c == ' ' || c == '\t' || c == '\r'; }

static bool is_space(int32_t c) { return is_blank(c) || c == '\n' || c == '\f'; }

static bool is_escapable(int32_t c) { return c == '[' || c == ']' || c == '{' || c == '}' || c == '\\'; }

// Advances over one character; false where the paragraph ends instead: at a blank line or the end of
// the text. A line break is taken together with the blanks after it.
static bool next(TSLexer *lexer) {
  if (lexer->eof(lexer)) return false;
  if (lexer->lookahead != '\n') {
    advance(lexer);
    return true;
  }
  advance(lexer);
  while (is_blank(lexer->lookahead)) advance(lexer);
  return lexer->lookahead != '\n' && !lexer->eof(lexer);
}

static bool skip_spaces(TSLexer *lexer) {
  while (is_space(lexer->lookahead)) {
    if (!next(lexer)) return false;
  }
  return true;
}

static bool is_bare(int32_t c) { return !is_space(c) && c != '}' && c != '=' && c != '"'; }

// What stands in braces, `{` being the lookahead. It is attributes where it begins as they do.
enum Braces { ATTRIBUTES, TEXT, UNCLOSED };

static enum Braces braces(TSLexer *lexer) {
  advance(lexer);
  if (!skip_spaces(lexer)) return UNCLOSED;
  bool mark = lexer->lookahead == '#' || lexer->lookahead == '.';
  if (mark) advance(lexer);
  bool word = false;
  while (!lexer->eof(lexer) && is_bare(lexer->lookahead)) {
    // A bracket is left for the caller, who counts them.
    if (!mark && (lexer->lookahead == '[' || lexer->lookahead == ']' || lexer->lookahead == '\\' ||
                  lexer->lookahead == '<')) {
      return TEXT;
    }
    advance(lexer);
    word = true;
  }
  if (!word || (!mark && lexer->lookahead != '=')) return TEXT;
  bool value = false;
  for (;;) {
    if (lexer->eof(lexer)) return UNCLOSED;
    switch (lexer->lookahead) {
      case '}':
        advance(lexer);
        return ATTRIBUTES;
      case '=':
        value = true;
        advance(lexer);
        continue;
      case '"':
        if (value) {
          advance(lexer);
          while (lexer->lookahead != '"') {
            if (lexer->lookahead == '\\') advance(lexer);
            if (!next(lexer)) return UNCLOSED;
          }
        }
        break;
    }
    value = false;
    if (!next(lexer)) return UNCLOSED;
  }
}

// After `<!--`: whether the comment closes in its paragraph.
static bool comment_closes(TSLexer *lexer) {
  unsigned dashes = 0;
  for (;;) {
    if (lexer->lookahead == '>' && dashes >= 2) {
      advance(lexer);
      return true;
    }
    dashes = lexer->lookahead == '-' ? dashes + 1 : 0;
    if (!next(lexer)) return false;
  }
}

// Takes `words` where they stand here; false, having taken those that fit, where they do not.
static bool take_words(TSLexer *lexer, const char *words) {
  for (; *words; words++) {
    if (lexer->lookahead != *words) return false;
    advance(lexer);
  }
  return true;
}

// After `[`: whether its partner has attributes.
static bool span(TSLexer *lexer) {
  unsigned depth = 1;
  for (;;) {
    switch (lexer->lookahead) {
      case '\\':
        advance(lexer);
        if (!is_escapable(lexer->lookahead)) continue;
        break;
      case '<':
        if (take_words(lexer, "<!--") && !comment_closes(lexer)) return false;
        continue;
      case '[':
        depth++;
        break;
      case ']':
        advance(lexer);
        depth--;
        if (lexer->lookahead == '{') {
          switch (braces(lexer)) {
            case UNCLOSED:
              return false;
            case ATTRIBUTES:
              if (depth == 0) return true;
              break;
            case TEXT:
              break;
          }
        }
        if (depth == 0) return false;
        continue;
    }
    if (!next(lexer)) return false;
  }
}

// After `---`: whether the line ends there and another one closes the header.
static bool front_matter(TSLexer *lexer) {
  while (is_blank(lexer->lookahead)) advance(lexer);
  if (lexer->lookahead != '\n') return false;
  advance(lexer);
  lexer->mark_end(lexer);
  while (!lexer->eof(lexer)) {
    int32_t fence = lexer->lookahead;
    unsigned run = 0;
    while (run < 3 && (fence == '-' || fence == '.') && lexer->lookahead == fence) {
      advance(lexer);
      run++;
    }
    while (run == 3 && is_blank(lexer->lookahead)) advance(lexer);
    if (run == 3 && (lexer->lookahead == '\n' || lexer->eof(lexer))) return true;
    while (lexer->lookahead != '\n' && !lexer->eof(lexer)) advance(lexer);
    if (!lexer->eof(lexer)) advance(lexer);
  }
  return false;
}

static bool take(TSLexer *lexer, enum Token token) {
  lexer->result_symbol = (TSSymbol)token;
  return true;
}

bool tree_sitter_article_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  (void)payload;
  // While the parser recovers from an error every token is valid; the text alone leads out of it.
  if (valid[ERROR_SENTINEL]) return false;
  if (valid[FRONT_MATTER_OPEN] && lexer->lookahead == '-' && lexer->get_column(lexer) == 0) {
    return take_words(lexer, "---") && front_matter(lexer) && take(lexer, FRONT_MATTER_OPEN);
  }
  if (valid[WIRE_OPEN] && (is_space(lexer->lookahead) || lexer->lookahead == 'd')) {
    while (is_space(lexer->lookahead)) lexer->advance(lexer, true);
    if (!take_words(lexer, "date")) return false;
    lexer->mark_end(lexer);
    if (!is_blank(lexer->lookahead)) return false;
    while (is_blank(lexer->lookahead)) advance(lexer);
    return lexer->lookahead >= '0' && lexer->lookahead <= '9' && take(lexer, WIRE_OPEN);
  }
  if (valid[SPAN_OPEN] && lexer->lookahead == '[') {
    advance(lexer);
    lexer->mark_end(lexer);
    return span(lexer) && take(lexer, SPAN_OPEN);
  }
  if (valid[SPAN_CLOSE] && lexer->lookahead == ']') {
    advance(lexer);
    lexer->mark_end(lexer);
    return lexer->lookahead == '{' && braces(lexer) == ATTRIBUTES && take(lexer, SPAN_CLOSE);
  }
  if (valid[COMMENT_OPEN] && lexer->lookahead == '<') {
    if (!take_words(lexer, "<!--")) return false;
    lexer->mark_end(lexer);
    return comment_closes(lexer) && take(lexer, COMMENT_OPEN);
  }
  return false;
}

void *tree_sitter_article_external_scanner_create(void) { return NULL; }

void tree_sitter_article_external_scanner_destroy(void *payload) { (void)payload; }

unsigned tree_sitter_article_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}

void tree_sitter_article_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}
