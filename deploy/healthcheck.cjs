// Ends with 0 when the service beside it is ready, with 1 and its words when it is not.
const port = (process.env.RICOCHET_HTTP ?? '').replace(/^.*:/, '');

fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2_000) })
  .then(async (response) => {
    console.log(await response.text());
    process.exitCode = response.ok ? 0 : 1;
  })
  .catch((error) => {
    console.log(error.cause?.message ?? error.message);
    process.exitCode = 1;
  });
