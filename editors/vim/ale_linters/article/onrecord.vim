call onrecord#Define('article')
