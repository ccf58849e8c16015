/** The people, in a process of their own: does one task after another and answers with what it felt. */
import { tasks, type Task } from './tasks.ts'

process.on('message', ({ id, name, asked }: { id: number; name: Task; asked: never }) => {
  tasks[name](asked).then(
    (felt: unknown) => process.send?.({ id, felt }),
    (error: unknown) =>
      process.send?.({ id, error: error instanceof Error ? error.stack : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
