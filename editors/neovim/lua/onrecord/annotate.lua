-- `:Onrecord`: marks words and drafts the annotation of the article, by the server's code actions.

local M = {}

local CLASSES = { 'claim', 'source', 'cue', 'actor', 'quote', 'own' }

local KINDS = {
  annotate = 'source.onrecord.annotate',
  remove = 'source.onrecord.removeDrafts',
  accept = 'refactor.rewrite.acceptDraft',
}

---@param words string[] what follows `:Onrecord`
---@return string? kind of the action
local function kind(words)
  if words[1] == 'mark' and vim.list_contains(CLASSES, words[2]) then
    return 'refactor.rewrite.mark.' .. words[2]
  end
  return #words == 1 and KINDS[words[1]] or nil
end

--- The visual selection, as `vim.lsp.buf.code_action` takes it.
local function selection()
  local first, last = vim.fn.getpos("'<"), vim.fn.getpos("'>")
  -- Whole lines end far beyond what is there.
  local line = vim.fn.getline(last[2])
  return {
    start = { first[2], first[3] - 1 },
    ['end'] = { last[2], math.max(math.min(last[3], #line) - 1, 0) },
  }
end

---@param command vim.api.keyset.create_user_command.command_args
local function run(command)
  local only = kind(command.fargs)
  if not only then
    local usage = 'annotate, accept, remove, or mark and one of ' .. table.concat(CLASSES, ', ')
    vim.notify('Onrecord: ' .. usage, vim.log.levels.ERROR)
    return
  end
  vim.lsp.buf.code_action({
    context = { only = { only }, diagnostics = {} },
    apply = true,
    range = command.range > 0 and selection() or nil,
  })
end

---@param line string the command line up to the cursor
---@return string[]
local function complete(_, line, cursor)
  local words = vim.split(line:sub(1, cursor):gsub("^.-Onrecord%s+", ''), '%s+')
  local list = { 'annotate', 'accept', 'remove', 'mark' }
  if #words > 1 then
    list = words[1] == 'mark' and #words == 2 and CLASSES or {}
  end
  return vim.tbl_filter(function(word)
    return vim.startswith(word, words[#words])
  end, list)
end

--- Gives `buffer` the command.
---@param buffer integer
function M.start(buffer)
  vim.api.nvim_buf_create_user_command(buffer, 'Onrecord', run, {
    nargs = '+',
    range = true,
    complete = complete,
    desc = 'Annotate the article: annotate, accept, remove, mark CLASS',
  })
end

return M
