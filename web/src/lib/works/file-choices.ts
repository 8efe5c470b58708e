/** What the device's own picker offers. What a file really is the server tells. */

export const PAPERS_ONLY = "application/pdf";
export const PICTURES_AND_PAPERS = "image/*,application/pdf";
export const EVERY_FILE = "image/*,application/pdf,audio/*,video/mp4,video/webm";
