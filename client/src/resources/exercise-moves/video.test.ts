import { expect, it } from "vitest";
import { videoOf } from "./video";

it.each([
  [
    "https://www.youtube.com/watch?v=op9kVnSso6Q",
    "https://www.youtube-nocookie.com/embed/op9kVnSso6Q",
  ],
  ["https://youtu.be/op9kVnSso6Q?t=3", "https://www.youtube-nocookie.com/embed/op9kVnSso6Q"],
  [
    "https://www.youtube.com/shorts/op9kVnSso6Q",
    "https://www.youtube-nocookie.com/embed/op9kVnSso6Q",
  ],
  ["https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871"],
])("%s plays in a frame", (link, src) => {
  expect(videoOf(link)).toMatchObject({ kind: "frame", src });
});

it.each([
  ["https://gym.example/squat.mp4", "file"],
  ["https://gym.example/squat", "link"],
  ["https://www.youtube.com/watch?v=../../evil", "link"],
  ["https://youtube.com.evil.example/watch?v=op9kVnSso6Q", "link"],
])("%s is a %s", (link, kind) => {
  expect(videoOf(link)?.kind).toBe(kind);
});

it.each(["", "nonsense", "javascript:alert(1)"])("%s is no video", (link) => {
  expect(videoOf(link)).toBeNull();
});
