/** Why a call gave no answer: an error that carries an RFC 9457 problem document. */
export class ThutucError extends Error {
  constructor(problem) {
    super(problem.detail)
    this.name = 'ThutucError'
    this.code = problem.code
    this.status = problem.status
    this.problem = problem
  }

  /** The problem document, so that `JSON.stringify` of the error is one. */
  toJSON() {
    return this.problem
  }
}

/** An error of the native part as a typed one. */
export function typed(error) {
  if (error instanceof Error && error.message.startsWith('{"')) {
    return Object.assign(new ThutucError(JSON.parse(error.message)), { stack: error.stack })
  }
  return error
}

/** Makes a native call; what it throws is typed. */
export function call(what) {
  try {
    return what()
  } catch (error) {
    throw typed(error)
  }
}

/** Waits for a native promise; what it rejects with is typed. */
export async function later(promise) {
  try {
    return await promise
  } catch (error) {
    throw typed(error)
  }
}
