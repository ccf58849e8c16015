import type { Account, Holder } from '#server/auth/sessions.ts'
import type { App as Table } from '#server/app.ts'

declare global {
  namespace App {
    interface Locals {
      /** Who is signed in on this request. */
      account: Account | null
      /** Who holds a session, also while a step of signing in is still to be taken. */
      holder: Holder | null
      table: Table
    }
    interface PageData {
      /** Where the page leads back to; null: nobody is signed in, or the tablet is in the client's hands. */
      home?: '/thuis' | '/plannen' | null
    }
    interface Error {
      message: string
      refusal?: string
    }
  }
}
export {}
