call onrecord#Define('text')
