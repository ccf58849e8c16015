import type { Account } from '#server/auth/sessions.ts'
import type { App as Table } from '#server/app.ts'

declare global {
  namespace App {
    interface Locals {
      /** Who is signed in on this request. */
      account: Account | null
      table: Table
    }
    interface Error {
      message: string
      refusal?: string
    }
  }
}
export {}
