/** Small nodes that all screens share: headers, empty states, cards. They know no feature. */
package preflab.app.widget;
