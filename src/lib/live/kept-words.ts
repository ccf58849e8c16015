/**
 * The words of one document on this device.
 *
 * What comes while something is being put down goes down together after it, so that however slow
 * the device is, a page that is closed loses at most what came in the last moment.
 */
import * as Y from 'yjs'

const PIECES = 'updates'
/** So many pieces become one. */
const MOST = 500

/** Ties a document to this device; resolves when what was kept is in it. */
export async function keepWords(name: string, doc: Y.Doc): Promise<KeptWords> {
  const database = await open(name)
  const found = await all(database)
  const kept = new KeptWords(doc, database, found.length)
  doc.transact(() => {
    for (const piece of found) Y.applyUpdate(doc, piece, kept)
  }, kept)
  return kept
}

export class KeptWords {
  readonly #doc: Y.Doc
  readonly #database: IDBDatabase
  #coming: Uint8Array[] = []
  #writing = false
  #closed = false
  #pieces: number

  constructor(doc: Y.Doc, database: IDBDatabase, pieces: number) {
    this.#doc = doc
    this.#database = database
    this.#pieces = pieces
    if (doc.store.clients.size > 0) this.#coming.push(Y.encodeStateAsUpdate(doc)) // from before it was tied
    doc.on('update', this.#take)
    doc.on('destroy', this.#letGo)
    database.onversionchange = database.onclose = () => this.#close() // it is taken away
    this.#write()
  }

  /** Lets go of the document, as its own end does; what is still coming is put down first. */
  destroy(): void {
    this.#write(true)
    this.#close()
  }
  readonly #letGo = () => this.destroy()

  readonly #take = (piece: Uint8Array, origin: unknown) => {
    if (origin === this) return
    this.#coming.push(piece)
    this.#write()
  }

  /** Puts down everything that came, unless something is being put down now. */
  #write(now = false): void {
    if (this.#closed || this.#coming.length === 0 || (this.#writing && !now)) return
    const pieces = this.#coming
    this.#coming = []
    this.#writing = true
    const transaction = this.#database.transaction(PIECES, 'readwrite')
    const store = transaction.objectStore(PIECES)
    for (const piece of pieces) store.add(piece)
    this.#pieces += pieces.length
    if (this.#pieces >= MOST) this.#gather(store)
    else transaction.commit()
    transaction.oncomplete = () => {
      this.#writing = false
      this.#write()
    }
    transaction.onabort = () => {
      this.#writing = false
      this.#coming.unshift(...pieces) // with the next ones it is tried again
    }
  }

  /** Makes one piece of all of them, also of those that another page put down. */
  #gather(store: IDBObjectStore): void {
    const request = store.getAll() as IDBRequest<Uint8Array[]>
    request.onsuccess = () => {
      const whole = new Y.Doc()
      for (const piece of request.result) Y.applyUpdate(whole, piece)
      store.clear()
      store.add(Y.encodeStateAsUpdate(whole))
      whole.destroy()
      this.#pieces = 1
    }
  }

  #close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#doc.off('update', this.#take)
    this.#doc.off('destroy', this.#letGo)
    this.#database.close() // after what is being put down
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name)
    request.onupgradeneeded = () =>
      request.result.createObjectStore(PIECES, { autoIncrement: true })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error('nothing can be kept here', { cause: request.error }))
  })
}

function all(database: IDBDatabase): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    const store = database.transaction(PIECES, 'readonly').objectStore(PIECES)
    const request = store.getAll() as IDBRequest<Uint8Array[]>
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error('nothing can be read here', { cause: request.error }))
  })
}
