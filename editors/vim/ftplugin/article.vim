if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=<!--\ %s\ -->
" A paragraph is one long line: break it at words, not in them.
setlocal wrap linebreak

let b:undo_ftplugin = 'setlocal commentstring< wrap< linebreak<'
