/** Rows of the photos of a life story. */
import type { PersonId } from '#plan/people.ts'
import type { Db } from './open.ts'

export type PhotoRow = {
  planId: string
  documentId: string
  cardId: string
  personId: PersonId
  alt: string
  hash: string
  width: number
  height: number
}

const columns = (db: Db) => db`
  plan_id as "planId", document_id as "documentId", card_id as "cardId", person_id as "personId",
  alt, hash, width, height`

export const ofPlan = (db: Db, planId: string): Promise<PhotoRow[]> =>
  db<PhotoRow[]>`select ${columns(db)} from photo where plan_id = ${planId} order by at`

/** What is proved of a photo: which picture lies beside which card, by the bytes as they are now. */
export type PhotoProof = Pick<PhotoRow, 'documentId' | 'cardId' | 'hash'>

export const proofs = (db: Db, planId: string): Promise<PhotoProof[]> =>
  db<PhotoProof[]>`
    select document_id as "documentId", card_id as "cardId", encode(sha256(data), 'hex') as hash
    from photo where plan_id = ${planId} and told order by at, card_id`

/** Photos of before they were told in the chain, each given out once. */
export const untold = (db: Db): Promise<(PhotoProof & Pick<PhotoRow, 'planId' | 'personId'>)[]> =>
  db<(PhotoProof & Pick<PhotoRow, 'planId' | 'personId'>)[]>`
    update photo set told = true where not told
    returning plan_id as "planId", person_id as "personId", document_id as "documentId",
      card_id as "cardId", hash`

export async function find(
  db: Db,
  documentId: string,
  cardId: string,
): Promise<(PhotoRow & { data: Uint8Array<ArrayBuffer> }) | undefined> {
  const [row] = await db<(PhotoRow & { data: Uint8Array<ArrayBuffer> })[]>`
    select ${columns(db)}, data from photo
    where document_id = ${documentId} and card_id = ${cardId}`
  return row
}

/** The photos of some documents, with the pictures themselves. */
export const whole = (
  db: Db,
  documentIds: readonly string[],
): Promise<(PhotoRow & { data: Uint8Array<ArrayBuffer> })[]> =>
  db<(PhotoRow & { data: Uint8Array<ArrayBuffer> })[]>`
    select ${columns(db)}, data from photo
    where document_id = any(${[...documentIds]}::text[]) order by at, card_id`

/** Puts a photo beside a card, in the place of the one that was there. */
export async function put(db: Db, row: PhotoRow & { data: Uint8Array }): Promise<void> {
  await db`
    insert into photo (plan_id, document_id, card_id, person_id, alt, hash, width, height, data)
    values (${row.planId}, ${row.documentId}, ${row.cardId}, ${row.personId}, ${row.alt},
      ${row.hash}, ${row.width}, ${row.height}, ${Buffer.from(row.data)})
    on conflict (document_id, card_id) do update set person_id = excluded.person_id,
      alt = excluded.alt, hash = excluded.hash, width = excluded.width, height = excluded.height,
      data = excluded.data, at = now()`
}

export async function remove(db: Db, documentId: string, cardId: string): Promise<boolean> {
  const rows = await db`
    delete from photo where document_id = ${documentId} and card_id = ${cardId} returning card_id`
  return rows.length > 0
}

/** Cards went to another zone: their photos go with them, out of sight of who may not read there. */
export async function move(db: Db, from: string, to: string, cards: readonly string[]) {
  await db`
    update photo set document_id = ${to}
    where document_id = ${from} and card_id = any(${[...cards]}::text[])`
}

export async function forget(db: Db, planId: string, cards: readonly string[]): Promise<void> {
  await db`delete from photo where plan_id = ${planId} and card_id = any(${[...cards]}::text[])`
}
