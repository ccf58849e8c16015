/** A mail server of our own on loopback, and what it received. */
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export type Postbox = {
  url: string
  port: number
  /** Every letter, oldest first. */
  letters: Email[]
  /** Whatever comes from now on waits on its way; answers with how to let it through. */
  hold(): () => void
  close(): Promise<void>
}

/** Starts it. `refuse` names addresses it says it does not know. */
export async function postbox({ port = 0, refuse = [] as string[] } = {}): Promise<Postbox> {
  const letters: Email[] = []
  let way = Promise.resolve()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      if (!refuse.includes(address)) return done()
      done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }))
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        void Promise.all([PostalMime.parse(Buffer.concat(chunks)), way]).then(([email]) => {
          letters.push(email)
          done()
        }, done)
      })
    },
  })
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
  const real = (server.server.address() as AddressInfo).port
  return {
    url: `smtp://127.0.0.1:${real}`,
    port: real,
    letters,
    hold() {
      let open = () => {}
      way = new Promise((resolve) => (open = resolve))
      return () => open()
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  }
}
