-- The set-up of `editors/try`: a clean Neovim, the plugin beside this file, and nothing of the person's own.

local here = vim.fs.dirname(vim.fs.abspath(debug.getinfo(1, 'S').source:sub(2)))
vim.opt.runtimepath:prepend(vim.fs.dirname(here))
vim.cmd('runtime! ftdetect/*.lua')

vim.o.termguicolors = true
vim.o.swapfile = false
vim.o.signcolumn = 'yes'
vim.o.scrolloff = 6
vim.o.smoothscroll = true
vim.o.laststatus = 0
vim.o.ruler = false
vim.o.showcmd = false
vim.o.showmode = false
vim.o.winborder = 'rounded'
vim.o.shortmess = vim.o.shortmess .. 'Fc'
vim.o.completeopt = 'menuone,noselect,popup'
vim.api.nvim_set_hl(0, 'WinBar', { link = 'Comment' })

-- The keys above the text, and its name where there is room; lists and help have none.
local KEYS = " K who is it · ]d next warning · gra change · gO who says what · :q leave%=%{winwidth(0) > 100 ? expand('%:t') : ''} "
vim.api.nvim_create_autocmd('BufWinEnter', {
  callback = function(event)
    vim.wo[0][0].winbar = vim.bo[event.buf].buftype == '' and KEYS or ''
  end,
})

vim.api.nvim_create_autocmd('LspAttach', {
  callback = function(event)
    vim.lsp.completion.enable(true, event.data.client_id, event.buf, { autotrigger = true })
  end,
})

-- Plain articles are wrapped as `ftplugin/article.lua` wraps annotated ones.
vim.o.linebreak = true
vim.o.breakindent = true

vim.lsp.enable('onrecord')
