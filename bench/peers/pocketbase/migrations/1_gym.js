// The gym's four tables as PocketBase's collections, with the contract's limits, open to everybody. Requests are not
// logged, as ours are not at LOG_LEVEL=WARNING.
migrate((app) => {
  const settings = app.settings()
  settings.logs.maxDays = 0
  app.save(settings)

  const open = { listRule: '', viewRule: '', createRule: '', updateRule: '', deleteRule: '' }
  const id = {
    name: 'id', type: 'text', system: true, primaryKey: true, required: true,
    min: 1, max: 15, pattern: '^[a-z0-9]+$', autogeneratePattern: '[a-z0-9]{15}'
  }
  const text = (name, min, max) => ({ name, type: 'text', required: min > 0, min, max })
  const url = (name) => ({ name, type: 'url' })
  const one = (name, collectionId) => ({ name, type: 'relation', required: true, maxSelect: 1, collectionId })
  const many = (name, collectionId) => ({ name, type: 'relation', required: true, maxSelect: 100, collectionId })
  const make = (name, fields) => {
    const collection = new Collection({ type: 'base', name, fields: [id, ...fields], ...open })
    app.save(collection)
    return collection.id
  }

  const age = { name: 'age', type: 'number', required: true, onlyInt: true, min: 18, max: 100 }
  const coaches = make('coaches', [text('name', 2, 40), age, url('picture'), text('username', 0, 40)])
  const moves = make('exercise_moves', [
    text('name', 2, 60), text('focus', 2, 30), text('description', 10, 500), url('video_link')
  ])
  const plans = make('workout_plans', [
    text('name', 2, 40), text('difficulty', 2, 20), text('description', 10, 300), many('exercise_moves', moves)
  ])
  make('schedules', [
    text('day', 6, 9), text('hour', 1, 5), one('coach', coaches), one('workout_plan', plans)
  ])
})
