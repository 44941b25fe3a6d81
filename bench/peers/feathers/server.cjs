// What a Node user would take for this job: FeathersJS 5 over Socket.IO, one service per table of
// an SQLite database in WAL mode, every change published to everybody.
//
//   DATABASE=gym.db SYNCHRONOUS=NORMAL PORT=5601 node server.cjs
'use strict'

const { feathers } = require('@feathersjs/feathers')
const { KnexService } = require('@feathersjs/knex')
const { koa } = require('@feathersjs/koa')
const socketio = require('@feathersjs/socketio')
const knex = require('knex')

const SERVICES = ['coaches', 'exercise_moves', 'workout_plans', 'schedules']
const { DATABASE, PORT, SYNCHRONOUS = 'NORMAL' } = process.env

function useWriteAheadLog (connection, done) {
  connection.pragma('journal_mode = WAL')
  connection.pragma(`synchronous = ${SYNCHRONOUS}`)
  done()
}

const database = knex({
  client: 'better-sqlite3',
  connection: { filename: DATABASE },
  pool: { min: 1, max: 1, afterCreate: useWriteAheadLog },
  useNullAsDefault: true
})

const app = koa(feathers())
app.configure(socketio({ transports: ['websocket'] }))
for (const name of SERVICES) {
  app.use(name, new KnexService({ Model: database, name, id: 'id' }))
}
app.on('connection', (connection) => app.channel('everybody').join(connection))
app.publish(() => app.channel('everybody'))
app.listen(Number(PORT), '127.0.0.1')
