/** What is used of the library, so that what is not used stays out of the file that is fetched. */
export { io } from 'socket.io-client'
