// What the tests share: the pack of the repository and a case of it.
import { fileURLToPath } from 'node:url'

export const RULES = fileURLToPath(new URL('../../../rules', import.meta.url))
export const WORKLOAD = fileURLToPath(new URL('../../../tests/workload/rules', import.meta.url))
export const COPY = '2.000815'
export const paper = {
  'submission.channel': 'in_person',
  'certification.office': 'commune',
  'certification.defects': [],
  'certification.issuer': 'vietnamese',
  'certification.pages': 5,
  'certification.copies': 1,
  'certification.brings_copies': false,
}
/** The same, nested. */
export const nested = {
  submission: { channel: 'in_person' },
  certification: { office: 'commune', defects: [], issuer: 'vietnamese', pages: 5, copies: 1, brings_copies: false },
}
export const handedIn = { ...paper, 'submission.documents': ['original'] }
export const day = { asOf: '2026-11-20', lang: 'en' }

/** The problem document of what a call throws. */
export function problemOf(call) {
  try {
    call()
  } catch (error) {
    if (error.name !== 'ThutucError') throw error
    return error.problem
  }
  throw new Error('nothing was thrown')
}
