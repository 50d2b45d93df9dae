import './dashboard/dashboard.js';
