vim.filetype.add({ extension = { article = 'article' } })
