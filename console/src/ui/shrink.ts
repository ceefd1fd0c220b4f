/** Photos as they leave the device: no larger than the server keeps them, pixels alone. */

const LONGEST_SIDE_PIXELS = 1600;
const JPEG_QUALITY = 0.82;

/** The size of a picture brought down to the longest side that is kept. */
export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, LONGEST_SIDE_PIXELS / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** Draw a picture anew, upright and small. What the camera wrote beside the pixels stays behind. */
export async function shrink(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const { width, height } = fitted(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
  picture.close();
  return encode(canvas);
}

/** A drawing as a photo that holds pixels alone. */
export function encode(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The picture cannot be drawn.'))),
      'image/jpeg',
      JPEG_QUALITY,
    );
  });
}
