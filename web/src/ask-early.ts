/**
 * Runs first in every shell: asks the server what the class page will ask, while the app is still on its way. A device
 * that keeps the app has no need of it: it keeps the class as well.
 * The build makes a script of its own of it (single-page-app.ts); `request` takes the answers up.
 */
{
  const classId = /^\/classes\/([\w-]+)\/?$/.exec(location.pathname)?.[1];
  if (classId !== undefined && !navigator.serviceWorker?.controller) {
    const paths = ["/session", `/classes/${classId}/roster`, `/observation-points?classId=${classId}`];
    const asked = paths.map((path) => {
      const address = `/api/v1${path}`;
      const answer = fetch(address, { headers: { accept: "application/json" }, cache: "no-store" }).then(
        (response) => ({ response, answeredAt: Date.now() }),
      );
      // Whoever takes it up is told of a failure; nobody has to.
      answer.catch(() => {});
      return [address, answer] as const;
    });
    globalThis.doudouEarly = { askedAt: Date.now(), answers: new Map(asked) };
  }
}
