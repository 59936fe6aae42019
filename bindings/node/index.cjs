const { Pack, Session, ThutucError, now } = require('./dist/thutuc.cjs')

module.exports = { Pack, Session, ThutucError, now }
