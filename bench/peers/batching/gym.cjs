// The gym's rows, for servers that put together what comes at once: all writes that wait are one
// transaction, which is on the disk before any of them is answered.
'use strict'

const Database = require('better-sqlite3')

const TABLES = {
  coaches: 'SELECT * FROM coaches',
  exercise_moves: 'SELECT * FROM exercise_moves',
  workout_plans: 'SELECT * FROM workout_plans',
  schedules: 'SELECT * FROM schedules'
}
const GATHER_MILLISECONDS = 1
const isText = (least, most) => (value) => typeof value === 'string' && value.length >= least && value.length <= most
const isUrl = (value) => value === '' || (typeof value === 'string' && /^https?:\/\/\S+$/.test(value))
const isAge = (value) => Number.isInteger(value) && value >= 18 && value <= 100
const COACH = new Map(Object.entries({ name: isText(2, 40), age: isAge, picture: isUrl, username: isText(0, 40) }))

class Refused extends Error {}

class Gym {
  // `published(commit)` gets {seq, writes: [{record, answer}]} after each commit, `refused(answer, line)` each write
  // that was not done.
  constructor (path, published, refused) {
    this.seq = 0
    this.published = published
    this.refused = refused
    this.waiting = []
    this.last = 0
    this.updates = new Map()
    this.kept = null
    this.database = new Database(path)
    this.database.pragma('journal_mode = WAL')
    this.database.pragma('synchronous = FULL')
    this.tables = Object.entries(TABLES).map(([name, text]) => [name, this.database.prepare(text)])
    this.carryOut = this.database.transaction((writes) => writes.map((write) => this.update(write)))
  }

  // Everything there is: the same object for all who ask between two commits.
  snapshot () {
    this.kept ??= {
      seq: this.seq,
      snapshot: Object.fromEntries(this.tables.map(([name, statement]) => [name, statement.all()]))
    }
    return this.kept
  }

  // Queue the update of a coach. Who comes in the same turn of the event loop shares its transaction. After a group
  // of several, who comes a little later does too: else two halves would take turns for ever, each with a commit and a
  // frame of its own.
  submit (data, answer) {
    if (this.waiting.push({ data, answer, record: null, error: null }) > 1) return
    if (this.last > 1) setTimeout(() => this.commit(), GATHER_MILLISECONDS)
    else setImmediate(() => this.commit())
  }

  commit () {
    const writes = this.waiting
    this.waiting = []
    this.last = writes.length
    try {
      this.carryOut(writes)
    } catch {
      for (const write of writes) write.error = 'The database is not available.'
    }
    const done = []
    for (const write of writes) {
      if (write.error === null) done.push(write)
      else this.refused(write.answer, write.error)
    }
    if (done.length === 0) return
    this.seq++
    this.kept = null
    this.published({ seq: this.seq, writes: done })
  }

  // A statement that fails is undone alone: the others of the transaction go on.
  update (write) {
    try {
      const { id, ...values } = checked(write.data)
      const fields = Object.keys(values)
      const record = this.statement(fields).get(...Object.values(values), id)
      if (record === undefined) throw new Refused(`There is no coach ${id}.`)
      write.record = record
    } catch (error) {
      const isTaken = error.code === 'SQLITE_CONSTRAINT_UNIQUE'
      if (!(error instanceof Refused) && !isTaken) throw error
      write.error = isTaken ? 'This username is taken.' : error.message
    }
  }

  statement (fields) {
    const key = fields.join()
    let statement = this.updates.get(key)
    if (statement === undefined) {
      const changes = fields.map((field) => `${field} = ?`).join(', ')
      statement = this.database.prepare(`UPDATE coaches SET ${changes} WHERE id = ? RETURNING *`)
      this.updates.set(key, statement)
    }
    return statement
  }
}

function checked (data) {
  if (typeof data !== 'object' || data === null || !Number.isInteger(data.id)) throw new Refused('Send a coach.')
  let fields = 0
  for (const field in data) {
    if (field === 'id') continue
    fields++
    if (!COACH.get(field)?.(data[field])) throw new Refused(`This is no ${field} of a coach.`)
  }
  if (fields === 0) throw new Refused('Nothing is to be changed.')
  return data
}

module.exports = { Gym }
