; The markup steps back; the words stay as they are.

(front_matter "---" @punctuation.delimiter)
(wire_header "date" @keyword)
(date) @constant

(span ["[" "]"] @punctuation.bracket)
(attributes ["{" "}"] @punctuation.bracket)
(pair "=" @operator)
(id) @label
(class) @type
(key) @attribute
(value) @string
(quoted_value) @string
(quoted_value (escape) @string.escape)
(unknown) @comment

(paragraph (escape) @string.escape)
(content (escape) @string.escape)

(comment) @comment
(directive "onrecord:" @keyword)
(verb) @keyword
(code) @constant
