;;; record.el --- Works in Emacs as a person does, for `record'  -*- lexical-binding: t; -*-

;;; Code:

(require 'article-mode)
(require 'flymake)
(require 'imenu)
(require 'xref)

(setq eglot-sync-connect 20
      eglot-autoshutdown nil
      make-backup-files nil
      create-lockfiles nil)

(defconst record-article
  "---
date: 2022-10-09
---
Prime Minister Shehbaz Sharif met leaders. É 𝄞 It is believed that talks resume.

[Lee]{#lee .source} [said]{.cue for=c1} [it failed]{#c1 .claim by=lee}.

\"It is over, Lee said.
")

(defun record-send ()
  "Tell the server what was typed, as Emacs does when it is idle."
  (eglot--signal-textDocument/didChange))

(defun record-ask (method &optional more)
  "Ask the server METHOD at point, with MORE parameters."
  (record-send)
  (jsonrpc-request (eglot-current-server) method (append (eglot--TextDocumentPositionParams) more)))

(defun record-wait (what done)
  "Wait for WHAT until DONE says so."
  (let ((tries 0))
    (while (not (funcall done))
      (when (> (setq tries (1+ tries)) 200) (error "Waited in vain for %s" what))
      (accept-process-output nil 0.1)
      (flymake-start))))

(defun record-type (place &rest words)
  "Type each of WORDS after the words PLACE."
  (goto-char (point-min))
  (search-forward place)
  (dolist (word words)
    (undo-boundary)
    (insert word)
    (record-send)))

(defun record-undo (count)
  "Take back COUNT changes."
  (setq last-command 'ignore)
  (dotimes (_ count)
    (undo-boundary)
    (undo)
    (setq last-command 'undo)
    (record-send)))

(write-region record-article nil "a.article" nil 'silent)
(write-region "It is believed that the ferry stops.\n" nil "b.article" nil 'silent)
(find-file "a.article")
(buffer-enable-undo)
(apply #'eglot (eglot--guess-contact))
(record-wait "warnings" (lambda () (flymake-diagnostics)))

(goto-char (point-min))
(search-forward "Shehbaz ")
(record-ask :textDocument/hover)
(record-ask :textDocument/documentHighlight)
(search-forward "by=l")
(xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))
(xref-backend-references 'eglot (xref-backend-identifier-at-point 'eglot))
(imenu--make-index-alist t)

(record-type "leaders. " "started. ")
(record-type "𝄞 " "N" "o" "w" " " "\n" "one")
(record-type "É " "“Ja”, 𝄞 said. ")
(record-undo 3)
(record-type "it failed" " at last")
(kill-whole-line)
(record-send)
(yank)
(record-send)
(goto-char (point-min))
(while (search-forward "Lee" nil t) (replace-match "Leigh"))
(record-send)
(goto-char (point-max))
(apply #'insert (make-list 20 "[x]{"))
(record-send)
(delete-region (line-beginning-position) (point-max))
(record-send)
(insert "[It failed]{}\n")
(backward-char 2)
(record-send)
(record-ask :textDocument/completion '(:context (:triggerKind 1)))
(delete-region (line-beginning-position) (point-max))
(record-send)

(goto-char (point-min))
(search-forward "#l")
(eglot-rename "leigh")
(record-send)
(eglot-format-buffer)
(record-send)
(goto-char (point-min))
(search-forward "\"It is")
(ignore-errors (eglot-code-actions (line-beginning-position) (line-end-position)))
(set-buffer-modified-p t)
(save-buffer)
(revert-buffer t t)

(find-file "b.article")
(record-wait "warnings of another" (lambda () (flymake-diagnostics)))
(jsonrpc-request (eglot-current-server) :workspace/symbol '(:query "Sharif"))
(kill-buffer)
(accept-process-output nil 0.3)
(with-current-buffer "a.article"
  (eglot-shutdown (eglot-current-server)))

;;; record.el ends here
