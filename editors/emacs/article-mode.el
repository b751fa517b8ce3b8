;;; article-mode.el --- News articles, checked by Onrecord  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; URL: https://github.com/onrecord/onrecord
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; `article-mode' for files that end in .article, and the server for it.  M-x eglot starts the server;
;; to have it always:
;;
;;     (add-hook 'article-mode-hook #'eglot-ensure)

;;; Code:

(require 'eglot)

(defvar article-font-lock-keywords
  '(("\\`[ \t\n]*\\(date\\)[ \t]+\\([0-9]\\{4\\}-[0-9]\\{2\\}-[0-9]\\{2\\}\\)"
     (1 font-lock-keyword-face) (2 font-lock-constant-face))
    ("<!--\\(?:.\\|\n\\)*?-->" (0 font-lock-comment-face t))
    ("\\]\\({[^}\n]*}\\)" (1 font-lock-comment-face))
    ("[{ ]\\([.#][^ }=\"\n]+\\)[^{}\n]*}" (1 font-lock-type-face t)))
  "What stands out in an article: the header, comments, the attributes of spans.")

;;;###autoload
(define-derived-mode article-mode text-mode "Article"
  "Major mode for news articles, plain or annotated."
  (setq-local comment-start "<!-- ")
  (setq-local comment-end " -->")
  (setq-local font-lock-defaults '(article-font-lock-keywords t))
  ;; A paragraph is one long line.
  (visual-line-mode 1))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.article\\'" . article-mode))

(add-to-list 'eglot-server-programs '(article-mode . ("onrecord" "server")))

(provide 'article-mode)
;;; article-mode.el ends here
