export { AppModule } from './app.module.js';
export { XAppLifecycle } from './xapps/xapp-lifecycle.service.js';
