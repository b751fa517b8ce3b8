if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = 1

vim.bo.commentstring = '<!-- %s -->'

-- A paragraph is one long line: break it at words, not in them.
vim.wo[0][0].wrap = true
vim.wo[0][0].linebreak = true
vim.wo[0][0].breakindent = true

vim.b.undo_ftplugin = 'setlocal commentstring< wrap< linebreak< breakindent<'
