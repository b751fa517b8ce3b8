-- Works in Neovim as a person does, for `record`: opens an article, looks, edits, takes back, closes.

vim.opt.runtimepath:append(arg[1])
vim.cmd('runtime! plugin/*.lua')
vim.cmd('runtime! ftdetect/*.lua')
vim.lsp.enable('onrecord')
vim.cmd('filetype plugin on')

local article = {
  '---',
  'date: 2022-10-09',
  '---',
  'Prime Minister Shehbaz Sharif met leaders. É 𝄞 It is believed that talks resume.',
  '',
  '[Lee]{#lee .source} [said]{.cue for=c1} [it failed]{#c1 .claim by=lee}.',
  '',
  '"It is over, Lee said.',
}
vim.fn.writefile(article, 'a.article')
vim.fn.writefile({ 'It is believed that the ferry stops.' }, 'b.article')

local function wait(what, done)
  assert(vim.wait(20000, done, 20), 'waited in vain for ' .. what)
end
local client
local function ask(method, params)
  local answer, problem = client:request_sync(method, params, 20000, 0)
  assert(answer and not answer.err, method .. ': ' .. vim.inspect(answer or problem))
  return answer.result
end

vim.cmd.edit('a.article')
vim.bo.filetype = 'article'
wait('the server', function()
  client = vim.lsp.get_clients({ bufnr = 0 })[1]
  return client and client.initialized
end)
wait('warnings', function()
  return #vim.diagnostic.get(0) > 0
end)
local encoding = client.offset_encoding
local function at(line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
  return vim.lsp.util.make_position_params(0, encoding)
end
local function type(keys)
  vim.cmd.normal({ (keys:gsub('<Esc>', '\27'):gsub('<CR>', '\r')), bang = true })
end

ask('textDocument/hover', at(4, 24))
ask('textDocument/definition', at(6, 68))
ask('textDocument/references', vim.tbl_extend('force', at(6, 4), { context = { includeDeclaration = true } }))
ask('textDocument/documentHighlight', at(6, 4))
ask('textDocument/documentSymbol', { textDocument = vim.lsp.util.make_text_document_params() })
ask('textDocument/foldingRange', { textDocument = vim.lsp.util.make_text_document_params() })
ask('textDocument/semanticTokens/full', { textDocument = vim.lsp.util.make_text_document_params() })

-- Typing, in a line with characters of two UTF-16 units as well, and taking it all back.
at(4, 0)
type('Istarted. <Esc>')
at(4, #'started. ' + article[4]:find('It is') - 1)
type('iNow <CR>one<Esc>x')
type('u')
at(6, 0)
type('dd')
type('p')
type('GoLee “agreed”.<CR>It is said that<Esc>')
type(':%s/“/”/<CR>')
type('ggjyyp')
type('u')
type(':%s/Lee/Leigh/g<CR>')
type(':%s/Leigh/Lee/g<CR>')
at(1, 0)
type('Gdgg')
type('u')
type('O' .. ('[x]{'):rep(20) .. '<Esc>')
type('u')
vim.wait(300)
local last = vim.api.nvim_buf_line_count(0)
vim.api.nvim_buf_set_lines(0, last, last, false, { '[It failed]{}' })
ask('textDocument/completion', at(last + 1, 12))
vim.api.nvim_buf_set_lines(0, last, last + 1, false, {})

for line = 1, vim.api.nvim_buf_line_count(0) do
  local text = vim.api.nvim_buf_get_lines(0, line - 1, line, false)[1]
  if text:find('^"It is over') then
    at(line, 0)
  end
end
local params = vim.lsp.util.make_range_params(0, encoding)
params.context = { diagnostics = {}, triggerKind = 1 }
local actions = ask('textDocument/codeAction', params) or {}
for _, action in ipairs(actions) do
  if not action.edit and action.data then
    ask('codeAction/resolve', action)
  end
end
vim.cmd.write()
vim.cmd.edit('b.article')
vim.bo.filetype = 'article'
wait('warnings of another', function()
  return #vim.diagnostic.get(0) > 0
end)
ask('workspace/symbol', { query = 'Sharif' })
vim.cmd.bdelete()
vim.wait(200)
client:stop()
wait('the end', function()
  return client:is_stopped()
end)
