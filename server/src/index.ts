/** For programs that start the service themselves: `await using service = await startService(readConfig(process.env))`. */
export { type Config, readConfig, SettingError } from './config.ts';
export { type Service, startService } from './service.ts';
