/**
 * @file The markup of news articles as Onrecord reads it
 * @license MIT OR Apache-2.0
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

export default grammar({
  name: 'article',

  // White space is part of the text.
  extras: () => [],

  // What has to look ahead to the end of its paragraph; see src/scanner.c.
  externals: ($) => [
    $._front_matter_open,
    $._wire_open,
    $._span_open,
    $._span_close,
    $._comment_open,
    $._error_sentinel,
  ],

  rules: {
    article: ($) =>
      seq(
        optional(choice($.front_matter, $.wire_header)),
        repeat(choice($.paragraph, $._paragraph_break)),
      ),

    // A line of three dashes, YAML, and another such line.
    front_matter: ($) =>
      seq(
        field('open', alias($._front_matter_open, '---')),
        optional($.yaml),
        field('close', alias($._fence, '---')),
      ),
    yaml: ($) => repeat1($._yaml_line),
    _yaml_line: () => /[^\n]*\n/,
    _fence: () => token(prec(1, /(---|\.\.\.)[ \t\r]*\n?/)),

    // The date that wire copy begins with, the text following on the same line.
    wire_header: ($) =>
      seq(alias($._wire_open, 'date'), $._blank, field('date', $.date)),
    date: () => /[0-9][^\s]*/,
    _blank: () => /[ \t]+/,

    paragraph: ($) => prec.right(repeat1(choice($._inline, $._line_break))),
    _inline: ($) => choice($.span, $.comment, $.escape, $._text),
    _line_break: () => /\n[ \t\r]*/,
    _paragraph_break: () => /\n[ \t\r]*(\n[ \t\r]*)+/,
    // Whatever is no markup, brackets among it.
    _text: () => choice(/[^\[\]\\<\n]+/, /[\[\]\\<]/),
    escape: () => /\\[\[\]{}\\]/,

    span: ($) =>
      seq(
        alias($._span_open, '['),
        field('content', optional($.content)),
        alias($._span_close, ']'),
        field('attributes', $.attributes),
      ),
    content: ($) => repeat1(choice($._inline, $._line_break)),

    attributes: ($) => seq('{', repeat(choice($._attribute, $._space)), '}'),
    _attribute: ($) => choice($.id, $.class, $.pair, $.unknown),
    _space: () => /[ \t\r\n]+/,
    id: () => /#[^\s}="]+/,
    class: () => /\.[^\s}="]+/,
    pair: ($) =>
      prec(1, seq(field('key', $.key), '=', field('value', optional($._value)))),
    key: () => /[^\s}="#.][^\s}="]*/,
    _value: ($) => choice(alias($._bare, $.value), $.quoted_value),
    _bare: () => token(prec(1, /[^\s}"][^\s}]*/)),
    quoted_value: ($) =>
      seq(
        alias(token(prec(2, '"')), '"'),
        repeat(choice(/[^"\\]+/, alias(/\\./, $.escape))),
        '"',
      ),
    // What is none of the others says nothing and is reported by the server.
    unknown: ($) => choice(alias($.key, $.word), token(prec(-1, /["=#.]/))),

    comment: ($) =>
      seq(
        alias($._comment_open, '<!--'),
        optional(seq(optional($._space), $.directive)),
        repeat(choice($.code, $._comment_word, $._space)),
        '-->',
      ),
    directive: ($) =>
      seq(
        'onrecord:',
        optional($._space),
        field('verb', alias(choice('ignore', 'ignore-file', 'off', 'on'), $.verb)),
      ),
    code: () => /[A-Z]{3}[0-9]{2}/,
    _comment_word: () => token(prec(-1, choice(/[^\s-]+/, '-'))),
  },
});
