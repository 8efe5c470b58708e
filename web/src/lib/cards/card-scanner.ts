/**
 * Reads QR codes from a camera. Pictures never leave the device, and none is kept. The browser's own reader where it has
 * one that works, else one of ours, fetched only then.
 */

/** Why there is no picture: the page is not secure, the person or the browser said no, there is no camera, or another app has it. */
export type CameraObstacle = "insecure" | "refused" | "none" | "busy";

export class CameraError extends Error {
  readonly obstacle: CameraObstacle;

  constructor(obstacle: CameraObstacle, cause?: unknown) {
    super(`No camera: ${obstacle}`, { cause });
    this.name = "CameraError";
    this.obstacle = obstacle;
  }
}

export type Facing = "user" | "environment";

/** Between two looks at the picture, in ms: quick to the child, easy on an old tablet. */
const PAUSE_MS = 160;

/** Opens the camera that faces this way, or whichever there is. @throws CameraError */
export async function openCamera(facing: Facing): Promise<MediaStream> {
  // Browsers hide cameras from pages that are not secure.
  if (!window.isSecureContext) throw new CameraError("insecure");
  if (navigator.mediaDevices === undefined) throw new CameraError("none");
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: facing }, width: { ideal: 1280 }, height: { ideal: 720 } },
    });
  } catch (failure) {
    throw new CameraError(obstacleIn(failure), failure);
  }
}

export function closeCamera(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** Whether there is another camera to turn to. Browsers tell only once one has been allowed. */
export async function hasSeveralCameras(): Promise<boolean> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === "videoinput").length > 1;
}

/** Looks at the picture until a QR code is read. @returns its text; undefined once aborted */
export async function readCode(video: HTMLVideoElement, signal: AbortSignal): Promise<string | undefined> {
  let detector = await nativeDetector();
  while (!signal.aborted) {
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      detector ??= await ownDetector();
      try {
        const [found] = await detector.detect(video);
        if (found !== undefined) return signal.aborted ? undefined : found.rawValue;
      } catch (failure) {
        // The service behind the browser's reader may be missing; without a picture ours says so, too.
        if (!(failure instanceof DOMException)) throw failure;
        detector = await ownDetector();
      }
    }
    await pause(signal);
  }
  return undefined;
}

interface Detector {
  detect(image: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

async function nativeDetector(): Promise<Detector | undefined> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
  const formats = (await BarcodeDetector?.getSupportedFormats()) ?? [];
  return BarcodeDetector && formats.includes("qr_code")
    ? new BarcodeDetector({ formats: ["qr_code"] })
    : undefined;
}

async function ownDetector(): Promise<Detector> {
  const { BarcodeDetector } = await import("qr/decode.js");
  return new BarcodeDetector({ formats: ["qr_code"] });
}

function obstacleIn(failure: unknown): CameraObstacle {
  switch (failure instanceof DOMException ? failure.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "refused";
    case "NotFoundError":
    case "OverconstrainedError":
      return "none";
    default:
      return "busy";
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PAUSE_MS);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
