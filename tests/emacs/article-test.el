;;; article-test.el --- A person at Emacs  -*- lexical-binding: t; -*-

;;; Code:

(require 'article-mode)
(require 'ert)
(require 'flymake)

(setq eglot-sync-connect 20
      eglot-autoshutdown t)

(defmacro article-test-with (text &rest body)
  "Run BODY in a buffer on a file that holds TEXT, with the server attached."
  (declare (indent 1))
  `(let* ((folder (make-temp-file "onrecord-emacs" t))
          (buffer (progn (write-region ,text nil (expand-file-name "a.article" folder) nil 'silent)
                         (find-file-noselect (expand-file-name "a.article" folder)))))
     (unwind-protect
         (with-current-buffer buffer
           (apply #'eglot (eglot--guess-contact))
           ,@body)
       (with-current-buffer buffer
         (set-buffer-modified-p nil)
         (kill-buffer))
       (delete-directory folder t))))

(defun article-test-wait (count)
  "Wait for COUNT messages and return them."
  (let ((tries 0))
    (while (and (< tries 100) (/= (length (flymake-diagnostics)) count))
      (accept-process-output nil 0.1)
      (flymake-start)
      (setq tries (1+ tries)))
    (should (= (length (flymake-diagnostics)) count))
    (flymake-diagnostics)))

(defun article-test-ask (method)
  "The answer to METHOD at point."
  (eglot--signal-textDocument/didChange)
  (jsonrpc-request (eglot-current-server) method (eglot--TextDocumentPositionParams)))

(ert-deftest article-mode-is-on ()
  (article-test-with "It failed.\n"
    (should (eq major-mode 'article-mode))))

(ert-deftest a-warning-stands-at-its-words ()
  (article-test-with "É 𝄞 It is believed that talks resume.\n"
    (let ((found (car (article-test-wait 1))))
      (should (string-match-p "hides who holds this" (flymake-diagnostic-text found)))
      (should (equal (buffer-substring (flymake-diagnostic-beg found) (flymake-diagnostic-end found))
                     "It is believed")))))

(ert-deftest a-warning-goes-with-its-words ()
  (article-test-with "It is believed that talks resume.\n"
    (article-test-wait 1)
    (delete-region (point-min) (search-forward "that "))
    (article-test-wait 0)))

(ert-deftest hover-says-who-somebody-is ()
  (article-test-with "date 2022-10-09 Prime Minister Shehbaz Sharif met leaders.\n"
    (goto-char (point-min))
    (search-forward "Shehbaz ")
    (should (string-match-p "Prime Minister of" (format "%S" (article-test-ask :textDocument/hover))))))

(ert-deftest stances-are-offered-in-braces ()
  (article-test-with "[It failed]{.claim stance=}\n"
    (goto-char (point-min))
    (search-forward "stance=")
    (should (string-match-p "\"oppose\"" (format "%S" (article-test-ask :textDocument/completion))))))

;;; article-test.el ends here
