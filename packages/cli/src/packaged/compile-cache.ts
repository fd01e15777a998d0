// In a package this stands for ../compile-cache.ts: its program starts fast without a cache, and its folder is often read-only.

export function useCompileCache(): void {}
