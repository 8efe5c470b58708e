/** Tells how much of an answer has arrived. The server says how large it will be, exactly or about. */

/** @param onReceived is told the share that has arrived, 0 to 1 */
export function receiving(onReceived: (share: number) => void): (response: Response) => Response {
  return (response) => {
    const { headers, body } = response;
    const expected = Number(headers.get("content-length") ?? headers.get("doudou-expected-bytes") ?? 0);
    if (body === null || expected <= 0) return response;
    let received = 0;
    onReceived(0);
    const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(piece, out) {
        received += piece.byteLength;
        onReceived(Math.min(1, received / expected));
        out.enqueue(piece);
      },
    });
    return new Response(body.pipeThrough(counted), { headers });
  };
}
