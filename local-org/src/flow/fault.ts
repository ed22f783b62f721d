/** What went wrong at an element: taken by its fault path, otherwise the end of the interview. */
export class FlowFault extends Error {
  override readonly name = 'FlowFault';

  /**
   * @param message `$Flow.FaultMessage`
   * @param status status code of the record error behind it, if there is one
   */
  constructor(
    message: string,
    readonly status?: string,
  ) {
    super(message);
  }
}
